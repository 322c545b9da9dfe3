import type { EpochMs, SlotGrid } from '#libs/kernel';
import type { Deadhead } from '../problem/problem.js';
import type { Position, Site } from './sites.js';

/** How long an empty vehicle takes from one site to another when it leaves at `at`, and how far it is; undefined where no way is left. */
export type FindDrive = (
  from: Site,
  to: Site,
  at: EpochMs,
) => { readonly seconds: number; readonly metres: number } | undefined;

const EARTH_RADIUS_M = 6_371_000;

/** Great-circle distance by the haversine formula, m. */
export const distanceBetween = (a: Position, b: Position): number => {
  const rad = Math.PI / 180;
  const [dLat, dLon] = [(b.lat - a.lat) * rad, (b.lon - a.lon) * rad];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
};

/** Roads are this much longer than the straight line: the usual circuity of city networks is 1.2 to 1.4. */
const CIRCUITY = 1.3;
/** Of a bus in town without stops, m/s: 25 km/h. */
const STRAIGHT_SPEED_MPS = 25 / 3.6;

/** Without a road graph: the straight line, made longer, at a bus's speed in town. */
export const driveStraight: FindDrive = (from, to) => {
  if (!from.position || !to.position) return undefined;
  const metres = distanceBetween(from.position, to.position) * CIRCUITY;
  return { metres, seconds: metres / STRAIGHT_SPEED_MPS };
};

/** Empty rides go to the nearest places only, and from and to every depot: the network of all pairs grows with the square. */
const NEAREST = 8;

/** The deadheads between sites that end within a grid, their times rounded up to its slots: on longer ones nobody gains anything. `hubs` are reached from everywhere. */
export const listDeadheads = (
  sites: readonly Site[],
  hubs: ReadonlySet<string>,
  findDrive: FindDrive,
  { start, slotMs, count }: SlotGrid,
): readonly Deadhead[] =>
  sites.flatMap((from) => {
    const drives = sites.flatMap((to) => {
      const drive = from.id === to.id ? undefined : findDrive(from, to, start);
      return drive ? [{ to: to.id, ...drive }] : [];
    });
    return drives
      .toSorted((a, b) => a.seconds - b.seconds)
      .filter(({ to }, rank) => rank < NEAREST || hubs.has(to) || hubs.has(from.id))
      .map(({ to, seconds, metres }) => ({
        from_place: from.id,
        to_place: to,
        slots: Math.max(1, Math.ceil((seconds * 1000) / slotMs)),
        km: metres / 1000,
      }))
      .filter(({ slots }) => slots < count);
  });
