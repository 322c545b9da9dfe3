import type { SparseBuilder } from '#libs/lp';
import { capacityOf } from '../problem/classes.js';
import type { DispatchProblem } from '../problem/problem.js';
import type { BoardColumns, DispatchIndex } from './dispatch-index.js';
import { underWayRoom } from './under-way.js';

/** Slots that a cut looks back. */
const REACH = 8;
/** More departures than these in one window are as good as fractional. */
const MOST_DEPARTURES = 6;

/**
 * Inequalities for crowds that need several vehicles. Of those who came to a stop in slots s to u - 1, all but what the departures of (s, u] hold are still there at
 * the end of u: queue[u] - came[u] + sum of capacity x departures >= people. Departures are whole, so by mixed integer rounding (Nemhauser and Wolsey
 * 1990) with capacity C, n = ceil(people / C) and f = people - (n - 1) C:
 * queue[u] - came[u] + f sum of g departures >= f n, where g = floor(c / C) + min(1, (c mod C) / f) for vehicles that hold c.
 * All rides of a line from the same stop on the same patterns count together.
 */
export const addCapacityCuts = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  index: Pick<DispatchIndex, 'boards' | 'queue' | 'depart' | 'trip' | 'classes'>,
): void => {
  const room = underWayRoom(problem);
  const capacities = index.classes.map(({ type }) => capacityOf(type));
  const bases = [...new Set(capacities)].filter((capacity) => capacity > 0);
  for (const [name, { rides, services }] of groupsOf(problem, index.boards)) {
    const came = (slot: number): number =>
      rides.reduce((sum, r) => {
        const ride = problem.rides[r];
        return sum + (slot === -1 ? (ride?.waiting ?? 0) : (ride?.arrivals[slot] ?? 0));
      }, 0);
    for (let until = 0; until < problem.grid.count; until += 1) {
      let people = 0;
      for (let since = until - 1; since >= Math.max(-1, until - REACH); since -= 1) {
        people += came(since);
        for (const { pattern, boardOffset } of services) {
          people -= room[pattern]?.get(since + 1 - boardOffset)?.capacity ?? 0;
        }
        if (came(since) <= 0) continue;
        for (const base of bases) {
          const whole = Math.ceil(people / base - 1e-9);
          if (whole < 2 || whole > MOST_DEPARTURES) continue;
          const rest = people - (whole - 1) * base;
          const weights = capacities.map((capacity) => {
            const times = Math.floor(capacity / base + 1e-9);
            return rest * (times + Math.min(1, Math.max(0, capacity - times * base) / rest));
          });
          const least = Math.min(...weights);
          const row = builder.addRow(`crowd[${name},${base},${since},${until}]`, { lower: rest * whole + came(until) });
          for (const r of rides) builder.addEntry(row, index.queue[r]?.[until] ?? -1, 1);
          for (const { pattern, boardOffset } of services) {
            for (let slot = since + 1 - boardOffset; slot <= until - boardOffset; slot += 1) {
              const departs = index.depart[pattern]?.[slot] ?? -1;
              if (departs < 0) continue;
              builder.addEntry(row, departs, least);
              for (const [k, weight] of weights.entries()) {
                const trip = index.trip[k]?.[pattern]?.[slot] ?? -1;
                if (trip >= 0 && weight > least) builder.addEntry(row, trip, weight - least);
              }
            }
          }
        }
      }
    }
  }
};

interface RideGroup {
  readonly rides: number[];
  readonly services: readonly BoardColumns[];
}

/** Rides of a line from the same stop, served by the same patterns at the same calls. By a name for rows. */
const groupsOf = (problem: DispatchProblem, boards: readonly BoardColumns[]): ReadonlyMap<string, RideGroup> => {
  const servedBy = problem.rides.map((): BoardColumns[] => []);
  for (const board of boards) servedBy[board.ride]?.push(board);
  const groups = new Map<string, RideGroup>();
  for (const [r, { from_stop }] of problem.rides.entries()) {
    const services = servedBy[r] ?? [];
    if (services.length === 0) continue;
    const key = JSON.stringify([from_stop, services.map(({ pattern, fromCall }) => [pattern, fromCall])]);
    const known = groups.get(key);
    if (known) known.rides.push(r);
    else groups.set(key, { rides: [r], services });
  }
  return new Map([...groups.values()].map((group) => [group.rides.join('+'), group]));
};
