import type { RealtimeFeed } from '../contract.js';
import { finding, type RealtimeFinding, unless } from './finding.js';

const VERSIONS = new Set(['1.0', '2.0']);
/** A sender's clock may be ahead of ours by this. */
const AHEAD_MS = 60_000;
const STALE_MS = 65_000;
const SLOW_MS = 35_000;
/** Instants that can be meant: 2005 to 2100. Milliseconds taken for seconds are beyond. */
const [EARLIEST_MS, LATEST_MS] = [Date.UTC(2005), Date.UTC(2100)];

/** A time that a message says, with its place. */
interface Said {
  readonly path: string;
  readonly at: number;
}

export const checkHeader = (feed: RealtimeFeed, now: number): readonly RealtimeFinding[] => {
  const isNew = feed.version !== '1.0';
  const required = (field: 'ts' | 'incrementality', name: string, rule: string, message: string) =>
    feed[field] !== undefined ? [] : [finding(isNew ? rule : 'W001', `header.${name}`, undefined, message)];
  return [
    ...unless(
      VERSIONS.has(feed.version),
      'E038',
      'header.gtfs_realtime_version',
      feed.version,
      'The version must be 1.0 or 2.0.',
    ),
    ...required('ts', 'timestamp', 'E048', 'The header must say when the feed was true.'),
    ...(isNew
      ? required(
          'incrementality',
          'incrementality',
          'E049',
          'The header must say whether the feed is the whole dataset.',
        )
      : []),
    ...unless(
      feed.deleted.length === 0 || feed.incrementality === 'differential',
      'E039',
      `entity ${feed.deleted[0] ?? ''}.is_deleted`,
      true,
      'Only a differential feed deletes entities: leave the entity out.',
    ),
    ...unless(
      feed.ts === undefined || now - feed.ts <= STALE_MS,
      'W008',
      'header.timestamp',
      feed.ts === undefined ? undefined : `${Math.round((now - feed.ts) / 1000)} s old`,
      'The feed should be younger than 65 s.',
    ),
    ...uniqueEntities(feed),
  ];
};

const uniqueEntities = ({ vehicles, trips, alerts, deleted }: RealtimeFeed): readonly RealtimeFinding[] => {
  const ids = [...vehicles, ...trips, ...alerts].map(({ id }) => id).concat(deleted);
  return repeated(ids).map((id) => finding('unique_entity', `entity ${id}.id`, id, 'An entity id must occur once.'));
};

/** The values that occur more than once, each once. */
export const repeated = (values: readonly string[]): readonly string[] => {
  const [once, twice] = [new Set<string>(), new Set<string>()];
  for (const value of values) (once.has(value) ? twice : once).add(value);
  return [...twice];
};

/** Every time of a message: is it one, is it not ahead of the clock or of the header. */
export const checkTimes = (feed: RealtimeFeed, now: number): readonly RealtimeFinding[] => {
  const stamps: readonly Said[] = [
    ...said('header.timestamp', feed.ts),
    ...feed.vehicles.flatMap(({ id, ts }) => said(`vehicle ${id}.timestamp`, ts)),
    ...feed.trips.flatMap(({ id, ts }) => said(`trip_update ${id}.timestamp`, ts)),
  ];
  const others: readonly Said[] = [
    ...feed.trips.flatMap(({ id, stops }) =>
      stops.flatMap(({ arrival, departure }, index) => [
        ...said(`trip_update ${id}.stop_time_update[${index}].arrival.time`, arrival?.at_ms),
        ...said(`trip_update ${id}.stop_time_update[${index}].departure.time`, departure?.at_ms),
      ]),
    ),
    ...feed.alerts.flatMap(({ id, periods }) =>
      periods.flatMap(({ start_ms, end_ms }, index) => [
        ...said(`alert ${id}.active_period[${index}].start`, start_ms),
        ...said(`alert ${id}.active_period[${index}].end`, end_ms),
      ]),
    ),
  ];
  const missing = [
    ...feed.vehicles.map((one) => ({ kind: 'vehicle', ...one })),
    ...feed.trips.map((one) => ({ kind: 'trip_update', ...one })),
  ].filter(({ ts }) => ts === undefined);
  return [
    ...[...stamps, ...others].flatMap(({ path, at }) =>
      unless(at >= EARLIEST_MS && at < LATEST_MS, 'E001', path, at / 1000, 'A time must be seconds since 1970, UTC.'),
    ),
    ...stamps.flatMap(({ path, at }) =>
      unless(at <= now + AHEAD_MS, 'E050', path, at / 1000, `It is later than now, ${Math.floor(now / 1000)}.`),
    ),
    ...stamps.flatMap(({ path, at }) =>
      unless(at <= (feed.ts ?? Infinity), 'E012', path, at / 1000, 'It is later than the timestamp of the header.'),
    ),
    ...missing.map(({ kind, id }) =>
      finding('W001', `${kind} ${id}.timestamp`, undefined, 'It should say when it was measured.'),
    ),
  ];
};

const said = (path: string, at: number | undefined): readonly Said[] => (at === undefined ? [] : [{ path, at }]);

/** A message against the one before it of the same feed. */
export const checkIteration = (feed: RealtimeFeed, previous: RealtimeFeed): readonly RealtimeFinding[] => {
  if (feed.ts === undefined || previous.ts === undefined) return [];
  const path = 'header.timestamp';
  const isSame = JSON.stringify({ ...feed, ts: 0 }) === JSON.stringify({ ...previous, ts: 0 });
  const before = previous.ts / 1000;
  return [
    ...unless(
      feed.ts !== previous.ts || isSame,
      'E017',
      path,
      before,
      'The content changed, and the timestamp did not.',
    ),
    ...unless(feed.ts >= previous.ts, 'E018', path, feed.ts / 1000, `It was ${before} before: time must not run back.`),
    ...unless(
      feed.ts - previous.ts <= SLOW_MS,
      'W007',
      path,
      `${Math.round((feed.ts - previous.ts) / 1000)} s`,
      'The feed should be made anew every 30 s.',
    ),
  ];
};
