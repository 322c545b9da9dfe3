import { listPackPoints, type Pack, type SourcedPoint } from '#libs/games';
import type { ReadingRow } from '#libs/store';

import type { Picture } from '../live/picture.js';
import { type PointState, pointState } from './point-state.js';

/** A point of the pack with what was last heard of it. */
export interface PackPoint extends SourcedPoint {
  /** Of a device's point. */
  readonly device: { readonly id: string; readonly profile: string } | undefined;
  readonly latest: ReadingRow | undefined;
  readonly state: PointState;
}

/** What points are judged by. */
export type PointPicture = Pick<Picture, 'points' | 'latest' | 'now'> & {
  readonly clock: Pick<Picture['clock'], 'speed'>;
};

/** A point's name is unique in its venue. */
const keyOf = (venue: string, point: string): string => `${venue}/${point}`;

const findDevices = ({ devices }: Pick<Pack, 'devices'>): ReadonlyMap<string, PackPoint['device']> =>
  new Map(
    devices.flatMap(({ id, venue, profile, points }) =>
      points.map((point) => [keyOf(venue, point.id), { id, profile }] as const),
    ),
  );

/** Every point of the pack, in the pack's order; those that were never heard, too. */
export const packPoints = (
  pack: Pick<Pack, 'gateways' | 'devices'>,
  { points, latest, now, clock }: PointPicture,
): readonly PackPoint[] => {
  const numbers = new Map(points.map(({ id, venue, point }) => [keyOf(venue, point), id]));
  const devices = findDevices(pack);
  return listPackPoints(pack).map((sourced) => {
    const key = keyOf(sourced.venue, sourced.point.id);
    const reading = latest.get(numbers.get(key) ?? NaN);
    const state = pointState(reading?.ts, sourced.point.interval_s, now, clock.speed);
    return { ...sourced, device: devices.get(key), latest: reading, state };
  });
};

/** How many points of each venue are in each state. */
export const countStates = (points: readonly PackPoint[]): ReadonlyMap<string, Record<PointState, number>> => {
  const counts = new Map<string, Record<PointState, number>>();
  for (const { venue, state } of points) {
    const count = counts.get(venue) ?? { live: 0, stale: 0, never: 0 };
    count[state] += 1;
    counts.set(venue, count);
  }
  return counts;
};
