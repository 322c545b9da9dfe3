import type { DispatchProblem, Vehicle } from '../problem/problem.js';
import type { Relaxation } from './relax-dispatch.js';

/** Something that people could bring in to serve more. */
export type Relief =
  /** One more vehicle, with a driver to the horizon's end, ready at once. */
  | { readonly kind: 'vehicle'; readonly place: string; readonly type: string }
  /** Room for one more vehicle at a stop. */
  | { readonly kind: 'bay'; readonly stop: string }
  /** A vehicle whose duty or booking lasts past the horizon. */
  | { readonly kind: 'longer_duty'; readonly vehicle: string };

/** The problem with the relief in it. */
export const withRelief = (problem: DispatchProblem, relief: Relief): DispatchProblem => {
  switch (relief.kind) {
    case 'vehicle': {
      const { place, type } = relief;
      return { ...problem, vehicles: [...problem.vehicles, { id: newVehicleId(problem), type, place, ready_slot: 0 }] };
    }
    case 'bay':
      return {
        ...problem,
        bays: problem.bays.map((each) => (each.stop === relief.stop ? { ...each, bays: each.bays + 1 } : each)),
      };
    case 'longer_duty':
      return {
        ...problem,
        vehicles: problem.vehicles.map(({ until_slot, ...vehicle }): Vehicle =>
          vehicle.id === relief.vehicle || until_slot === undefined ? vehicle : { ...vehicle, until_slot },
        ),
      };
  }
};

const newVehicleId = ({ vehicles }: DispatchProblem): string => {
  const taken = new Set(vehicles.map(({ id }) => id));
  let number = 1;
  while (taken.has(`one-more-${number}`)) number += 1;
  return `one-more-${number}`;
};

/**
 * What may be worth trying, at most `most` of each kind: vehicles where the relaxation pays most for one, each place with its best type; bays where the
 * relaxation pays for one; and of each end of duty within the horizon the first vehicle, earliest end first.
 */
export const listReliefs = (
  problem: DispatchProblem,
  { types, prices, bayPrices }: Pick<Relaxation, 'types' | 'prices' | 'bayPrices'>,
  most: number,
): readonly Relief[] => {
  const vehicles = problem.places.flatMap(({ id: place }, n) => {
    const [best] = types
      .map((type, k) => ({ worth: prices[k]?.[n]?.[0] ?? 0, relief: { kind: 'vehicle' as const, place, type } }))
      .sort((a, b) => b.worth - a.worth);
    return best ? [best] : [];
  });
  const bays = problem.bays.map(({ stop }, b) => ({
    worth: (bayPrices[b] ?? []).reduce((sum, price) => sum + price, 0),
    relief: { kind: 'bay' as const, stop },
  }));
  const best = (of: readonly { readonly worth: number; readonly relief: Relief }[]): readonly Relief[] =>
    of
      .filter(({ worth }) => worth > 0)
      .sort((a, b) => b.worth - a.worth)
      .slice(0, most)
      .map(({ relief }) => relief);
  return [...best(vehicles), ...best(bays), ...listDuties(problem).slice(0, most)];
};

const listDuties = ({ vehicles, grid }: DispatchProblem): readonly Relief[] => {
  const firstOf = new Map<number, string>();
  for (const { id, until_slot } of vehicles) {
    if (until_slot !== undefined && until_slot < grid.count && !firstOf.has(until_slot)) firstOf.set(until_slot, id);
  }
  return [...firstOf].sort(([a], [b]) => a - b).map(([, vehicle]): Relief => ({ kind: 'longer_duty', vehicle }));
};
