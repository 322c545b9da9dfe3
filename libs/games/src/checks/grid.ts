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

/** A switch has connections of its venue, each in one switch; an interlock has connections of switches, of which it leaves at most one closed from the start. */
export const checkSwitches: Check = (documents) =>
  listAt(documents['venues.yaml'], 'venues[]').flatMap((venue) => {
    const known = [findText(venue, 'id'), ...listBelow(venue, 'connections[].id').map(({ value }) => value)];
    const switched = listBelow(venue, 'switches[].connections[]');
    const normal = listBelow(venue, 'switches[].connections[0]').map(({ value }) => value);
    return [
      ...switched
        .filter(({ value }) => !known.includes(value as string))
        .map((found) => {
          const message = `The venue has no such connection. Its connections are ${known.join(', ')}.`;
          return faultAt('venues.yaml', found, 'unknown_connection', message);
        }),
      ...listRepeated(switched).map((found) => {
        const message = `${found.first} has it already. A connection hangs on one switch; name it once.`;
        return faultAt('venues.yaml', found, 'switched_twice', message);
      }),
      ...listBelow(venue, 'interlocks[]').flatMap((interlock) => {
        const barred = listBelow(interlock, 'connections[]');
        const second = barred.filter(({ value }) => normal.includes(value))[1];
        return [
          ...barred
            .filter(({ value }) => switched.every((one) => one.value !== value))
            .map((found) => {
              const message = 'No switch of the venue has this connection. Name connections of its switches.';
              return faultAt('venues.yaml', found, 'unknown_connection', message);
            }),
          ...(second
            ? [
                faultAt(
                  'venues.yaml',
                  second,
                  'interlocked',
                  'Two of them are the first of their switches, and closed from the start. Name another one first.',
                ),
              ]
            : []),
        ];
      }),
    ];
  });
