import type { Random } from '#libs/kernel';
import type { Deadhead, Place } from '../problem/problem.js';
import { drawBetween, drawWhole, roundTo } from './draws.js';

/** Somewhere on a plane, km. */
export interface Site {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface Geography {
  /** Where people change to shuttles: a railway station, transport malls, car parks. */
  readonly hubs: readonly Site[];
  readonly venues: readonly Site[];
  readonly depots: readonly Site[];
}

/** A road is so much longer than the straight line. */
const DETOUR = 1.3;
/** Kilometres in a slot of five minutes without passengers: 40 km/h. */
const DEADHEAD_KM_PER_SLOT = 40 / 12;
const NEAR_PLACES = 5;
const HUB_KINDS = ['station', 'mall', 'park-and-ride'];

const straightKm = (a: Site, b: Site): number => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);

export const roadKm = (a: Site, b: Site): number => Math.max(0.5, straightKm(a, b) * DETOUR);

/** The others, the nearest first. */
export const nearestTo = (site: Site, others: readonly Site[]): readonly Site[] =>
  others.filter(({ id }) => id !== site.id).sort((a, b) => straightKm(site, a) - straightKm(site, b));

/** Valleys with a hub or two, venues around them and a depot at the edge. */
export const drawGeography = (random: Random, lines: number): Geography => {
  const valleys = Math.max(1, Math.round(lines / 15));
  const side = 12 * Math.ceil(Math.sqrt(valleys));
  const centres = Array.from({ length: valleys }, (_, index) => ({
    x: 12 * (index % Math.ceil(Math.sqrt(valleys))) + drawBetween(random, 0, 5),
    y: 12 * Math.floor(index / Math.ceil(Math.sqrt(valleys))) + drawBetween(random, 0, 5),
  }));
  const around = (id: string, index: number, near: number, far: number): Site => {
    const centre = centres[index % valleys] ?? { x: side / 2, y: side / 2 };
    // In a square ring: a corner is as likely as a side.
    const away = (): number => drawBetween(random, near, far) * (random() < 0.5 ? -1 : 1);
    return { id, x: roundTo(centre.x + away(), 3), y: roundTo(centre.y + away(), 3) };
  };
  const several = (count: number, site: (index: number) => Site): readonly Site[] =>
    Array.from({ length: count }, (_, index) => site(index));
  return {
    hubs: several(Math.max(2, Math.ceil(lines / 10)), (index) =>
      around(`${HUB_KINDS[index % HUB_KINDS.length] ?? 'hub'}-${index + 1}`, index, 0, 3),
    ),
    venues: several(Math.max(2, Math.ceil(lines / 2)), (index) => around(`venue-${index + 1}`, index, 1, 6)),
    depots: several(Math.max(2, valleys), (index) => around(`depot-${index + 1}`, index, 2, 5)),
  };
};

/** Depots have chargers, and here and there a hub has one. */
export const drawPlaces = (
  random: Random,
  { hubs, venues, depots }: Geography,
  turns: readonly Site[],
): readonly Place[] => [
  ...hubs.map(({ id }) => ({ id, ...(random() < 0.3 ? { chargers: 1, charging_kw: 150 } : {}) })),
  ...venues.map(({ id }) => ({ id })),
  ...turns.map(({ id }) => ({ id })),
  ...depots.map(({ id }) => {
    const chargers = drawWhole(random, 2, 6);
    return { id, chargers, charging_kw: chargers * 100 };
  }),
];

/** From each place to those near it and to the nearest depot, and back. */
export const deadheadsBetween = ({ hubs, venues, depots }: Geography, turns: readonly Site[]): readonly Deadhead[] => {
  const sites = [...hubs, ...venues, ...turns, ...depots];
  const pairs = new Set<string>();
  for (const site of sites) {
    const near = [...nearestTo(site, sites).slice(0, NEAR_PLACES), ...nearestTo(site, depots).slice(0, 1)];
    for (const { id } of near) pairs.add(`${site.id} ${id}`).add(`${id} ${site.id}`);
  }
  return sites.flatMap((from) =>
    sites.flatMap((to) => {
      if (!pairs.has(`${from.id} ${to.id}`)) return [];
      const km = roadKm(from, to);
      const slots = Math.max(1, Math.ceil(km / DEADHEAD_KM_PER_SLOT));
      return [{ from_place: from.id, to_place: to.id, slots, km: roundTo(km, 2) }];
    }),
  );
};
