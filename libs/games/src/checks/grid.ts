import { findText, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt, listRepeated } from './check.js';

/** Feeders form a tree: following parents, none comes back to itself. */
export const checkFeederTree: Check = (documents) => {
  const feeders = listAt(documents['venues.yaml'], 'feeders[]');
  const parents = new Map(feeders.map((feeder) => [findText(feeder, 'id'), findText(feeder, 'parent')]));
  return feeders.flatMap((feeder) => {
    const [id, found] = [findText(feeder, 'id'), listBelow(feeder, 'parent')[0]];
    const above = new Set<string>();
    for (let at = findText(feeder, 'parent'); at !== undefined && !above.has(at); at = parents.get(at)) above.add(at);
    if (id === undefined || !found || !above.has(id)) return [];
    const message = `It hangs on itself: ${[id, ...above].join(' on ')}. Leave out the parent of the one that the grid feeds.`;
    return [faultAt('venues.yaml', found, 'feeder_ring', message)];
  });
};

/** A venue's first connection bears its id; further ones have names of their own. */
export const checkConnectionIds: Check = (documents) =>
  listRepeated([
    ...listAt(documents['venues.yaml'], 'venues[].id'),
    ...listAt(documents['venues.yaml'], 'venues[].connections[].id'),
  ])
    .filter(({ path }) => path.includes('connections'))
    .map((found) =>
      faultAt('venues.yaml', found, 'duplicate_id', `The connection of ${found.first} has this id. Give each its own.`),
    );
