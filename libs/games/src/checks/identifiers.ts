import { listAt, listBelow, type PackFile } from '../reading/document.js';
import { type Check, faultAt, listRepeated, listSources } from './check.js';

const unique: readonly (readonly [PackFile, string])[] = [
  ['venues.yaml', 'feeders[].id'],
  ['venues.yaml', 'venues[].id'],
  ['devices.yaml', 'gateways[].id'],
  ['devices.yaml', 'devices[].id'],
  ['recordings.yaml', 'recordings[].id'],
  ['sessions.yaml', 'sessions[].id'],
  ['transport.yaml', 'lines[].id'],
  ['transport.yaml', 'lines[].patterns[].id'],
  ['transport.yaml', 'vehicle_types[].id'],
  ['transport.yaml', 'depots[].id'],
  ['transport.yaml', 'fleet[].prefix'],
  ['transport.yaml', 'groups[].id'],
];

/** No two entries of a list have the same id. */
export const checkUnique: Check = (documents) =>
  unique.flatMap(([file, pattern]) =>
    listRepeated(listAt(documents[file], pattern)).map((found) =>
      faultAt(file, found, 'duplicate_id', `The id is taken by ${found.first}. Give each its own.`),
    ),
  );

/** Point names are unique in their venue, over all its gateways and devices. */
export const checkPointNames: Check = (documents) => {
  const sources = listSources(documents);
  const venues = new Set(sources.flatMap((source) => listBelow(source, 'venue')).map(({ value }) => value));
  return [...venues].flatMap((venue) => {
    const own = sources.filter((source) => listBelow(source, 'venue')[0]?.value === venue);
    return listRepeated(own.flatMap((source) => listBelow(source, 'points[].id'))).map((found) =>
      faultAt('devices.yaml', found, 'duplicate_point', `The venue ${String(venue)} has this point at ${found.first}.`),
    );
  });
};

interface Reference {
  readonly file: PackFile;
  readonly at: string;
  readonly to: PackFile;
  readonly ids: string;
  readonly rule: string;
}

/** Of rides or journeys. */
const travelReferences = (travel: string): readonly Reference[] => [
  ...['from', 'to', 'count.venue'].map((key) => ({
    file: 'transport.yaml' as const,
    at: `${travel}.${key}`,
    to: 'venues.yaml' as const,
    ids: 'venues[].id',
    rule: 'unknown_venue',
  })),
  { file: 'transport.yaml', at: `${travel}.group`, to: 'transport.yaml', ids: 'groups[].id', rule: 'unknown_group' },
];

const references: readonly Reference[] = [
  { file: 'venues.yaml', at: 'venues[].grid.feeder', to: 'venues.yaml', ids: 'feeders[].id', rule: 'unknown_feeder' },
  { file: 'venues.yaml', at: 'feeders[].parent', to: 'venues.yaml', ids: 'feeders[].id', rule: 'unknown_feeder' },
  { file: 'venues.yaml', at: 'feeders[].meter.venue', to: 'venues.yaml', ids: 'venues[].id', rule: 'unknown_venue' },
  {
    file: 'venues.yaml',
    at: 'venues[].connections[].feeder',
    to: 'venues.yaml',
    ids: 'feeders[].id',
    rule: 'unknown_feeder',
  },
  { file: 'transport.yaml', at: 'depots[].venue', to: 'venues.yaml', ids: 'venues[].id', rule: 'unknown_venue' },
  { file: 'devices.yaml', at: 'gateways[].venue', to: 'venues.yaml', ids: 'venues[].id', rule: 'unknown_venue' },
  { file: 'devices.yaml', at: 'devices[].venue', to: 'venues.yaml', ids: 'venues[].id', rule: 'unknown_venue' },
  { file: 'sessions.yaml', at: 'sessions[].venue', to: 'venues.yaml', ids: 'venues[].id', rule: 'unknown_venue' },
  ...['lines[].rides[]', 'journeys[]'].flatMap(travelReferences),
  { file: 'transport.yaml', at: 'fleet[].type', to: 'transport.yaml', ids: 'vehicle_types[].id', rule: 'unknown_type' },
  { file: 'transport.yaml', at: 'fleet[].depot', to: 'transport.yaml', ids: 'depots[].id', rule: 'unknown_depot' },
  {
    file: 'sessions.yaml',
    at: 'recording',
    to: 'recordings.yaml',
    ids: 'recordings[].id',
    rule: 'unknown_recording',
  },
];

/** What is referred to by id exists. A file that could not be read is not held against those that refer to it. */
export const checkReferences: Check = (documents) =>
  references.flatMap(({ file, at, to, ids, rule }) => {
    if (documents[to] === undefined) return [];
    const known = listAt(documents[to], ids).map(({ value }) => value);
    return listAt(documents[file], at)
      .filter(({ value }) => typeof value === 'string' && !known.includes(value))
      .map((found) => faultAt(file, found, rule, `${to} has only ${known.map(String).join(', ') || 'none'} there.`));
  });
