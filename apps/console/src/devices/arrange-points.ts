import type { PointCounts, PointState } from '../api/wire.js';
import { qualityWords } from './quality-words.js';
import type { Point } from './wire.js';

export interface PointFilter {
  /** Words that all have to occur. */
  readonly search: string;
  /** `doubtful`: uncertain or bad. */
  readonly show: 'all' | PointState | 'doubtful';
}

/** The points of one venue that are shown. */
export interface VenuePoints {
  readonly venue: string;
  /** Of all its points, shown or not. */
  readonly counts: PointCounts;
  readonly points: readonly Point[];
}

/** So many rows are drawn; more are no help to a person. */
export const MOST_ROWS = 300;

const URGENCY: Readonly<Record<PointState, number>> = { stale: 0, never: 1, live: 2 };
const DOUBT = { bad: 0, uncertain: 1, good: 2 } as const;

const doubt = ({ quality }: Point): number => (quality === null ? DOUBT.good : DOUBT[quality]);

const matches = (point: Point, name: string, { search, show }: PointFilter): boolean => {
  if (show === 'doubtful' ? doubt(point) === DOUBT.good : show !== 'all' && point.state !== show) return false;
  const { venue, source, device, profile, kind, unit, state, quality, reasons } = point;
  const text = [point.point, name, venue, source, device, profile, kind, unit, state, quality, qualityWords(reasons)]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

const byUrgency = (a: Point, b: Point): number =>
  URGENCY[a.state] - URGENCY[b.state] || doubt(a) - doubt(b) || (a.point < b.point ? -1 : 1);

/** Points by venue: venues with stale points first, and in each the stale ones first, then those never heard, then the doubtful. */
export const arrangePoints = (
  points: readonly Point[],
  filter: PointFilter,
  nameOf: (venue: string) => string,
): readonly VenuePoints[] => {
  const byVenue = new Map<string, Point[]>();
  for (const point of points) {
    const others = byVenue.get(point.venue);
    if (others) others.push(point);
    else byVenue.set(point.venue, [point]);
  }
  const count = (of: readonly Point[], state: PointState): number => of.filter((point) => point.state === state).length;
  return [...byVenue]
    .map(([venue, all]) => ({
      venue,
      counts: { live: count(all, 'live'), stale: count(all, 'stale'), never: count(all, 'never') },
      points: all.filter((point) => matches(point, nameOf(venue), filter)).toSorted(byUrgency),
    }))
    .filter((group) => group.points.length > 0)
    .toSorted((a, b) => Number(b.counts.stale > 0) - Number(a.counts.stale > 0));
};

/** The first rows of all venues together, and how many are left out. */
export const firstRows = (
  groups: readonly VenuePoints[],
  most: number,
): { readonly groups: readonly VenuePoints[]; readonly hidden: number } => {
  let room = most;
  let hidden = 0;
  const shown = groups.flatMap((group) => {
    const points = group.points.slice(0, room);
    room -= points.length;
    hidden += group.points.length - points.length;
    return points.length === 0 ? [] : [{ ...group, points }];
  });
  return { groups: shown, hidden };
};
