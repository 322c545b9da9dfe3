import type { Pack } from '#libs/games';
import type { SlotGrid } from '#libs/kernel';
import type { PatternProblem, Ride } from '../problem/problem.js';
import type { AssignedDemand } from '../strategies/assign-demand.js';
import { shareOut } from './travel.js';

/** People of one group who wait for a line at a stop. */
export interface Waiting {
  readonly line: string;
  readonly group: string;
  readonly from_stop: string;
  readonly to_stop: string;
  readonly accessible: boolean;
  readonly passengers: number;
}

export interface DemandInputs {
  readonly pack: Pick<Pack, 'venues' | 'transport'>;
  /** Starts at a slot's start, best at the next after now: departures leave at slot starts. */
  readonly grid: SlotGrid;
  readonly waiting: readonly Waiting[];
  /** People that a gate counter counts in each slot of the grid; the share that travels is taken here. */
  readonly countsOf: (venue: string, point: string) => readonly number[];
  /** What people of journeys come to in each slot of the grid: rides of `spreadJourneys`. Default none. */
  readonly journeys?: AssignedDemand['rides'];
}

/** People who come for a ride in each slot. */
interface Demand extends Omit<Waiting, 'passengers'> {
  readonly waiting: number;
  readonly arrivals: readonly number[];
}

type Stops = Pick<PatternProblem, 'line' | 'stops'>;

/** The rides of a grid: what the pack's counts give, and who waits already. A ride past the terminus of a loop is two, the first `then` the second. */
export const listRides = (inputs: DemandInputs, patterns: readonly Stops[]): readonly Ride[] => {
  const rides: Ride[] = [];
  const none = new Array<number>(inputs.grid.count).fill(0);
  const add = (demand: Demand, to: string, then?: number): void => {
    const { line, group, from_stop, accessible, waiting, arrivals } = demand;
    rides.push({
      line,
      group,
      from_stop,
      to_stop: to,
      ...(accessible && { accessible }),
      waiting,
      arrivals,
      ...(then !== undefined && { then }),
    });
  };
  // Second legs first, so that the first ones and who waits at the terminus already can name them.
  const demands = listDemand(inputs);
  const own = (line: string) => patterns.filter((pattern) => pattern.line === line);
  const around = demands.flatMap((demand) => {
    const loop = findAround(own(demand.line), demand.from_stop, demand.to_stop);
    return loop === undefined ? [] : [{ demand, terminus: loop }];
  });
  const onward = new Map<string, number>();
  for (const { demand, terminus } of around) {
    const key = keyOf({ ...demand, from_stop: terminus });
    if (onward.has(key) || terminus === demand.from_stop || terminus === demand.to_stop) continue;
    const there = demands.find((other) => keyOf(other) === key);
    onward.set(key, rides.length);
    add(there ?? { ...demand, from_stop: terminus, waiting: 0, arrivals: none }, demand.to_stop);
  }
  for (const demand of demands) {
    if (onward.has(keyOf(demand))) continue;
    const terminus = around.find((one) => one.demand === demand)?.terminus;
    const then = terminus === undefined ? undefined : onward.get(keyOf({ ...demand, from_stop: terminus }));
    add(demand, then === undefined ? demand.to_stop : (terminus ?? demand.to_stop), then);
  }
  return rides;
};

const keyOf = ({ line, group, from_stop, to_stop, accessible }: Omit<Waiting, 'passengers'>): string =>
  JSON.stringify([line, group, from_stop, to_stop, accessible]);

/** Whether a pattern calls at both stops, in this order. */
export const servesDirectly = ({ stops }: Pick<PatternProblem, 'stops'>, from: string, to: string): boolean => {
  const board = stops.findIndex(({ stop }) => stop === from);
  return board >= 0 && stops.some(({ stop }, index) => index > board && stop === to);
};

/** The terminus around which a ride goes, where no pattern of the line serves it directly and a loop calls at both stops. */
const findAround = (patterns: readonly Stops[], from: string, to: string): string | undefined => {
  if (patterns.some((pattern) => servesDirectly(pattern, from, to))) return undefined;
  return patterns.find((pattern) => servesAround(pattern, from, to))?.stops[0]?.stop;
};

/** Whether a ride goes around the terminus of a loop: on the first vehicle to the terminus, from there on the next. */
export const servesAround = ({ stops }: Pick<PatternProblem, 'stops'>, from: string, to: string): boolean =>
  stops.length > 2 &&
  stops[0]?.stop === stops.at(-1)?.stop &&
  from !== to &&
  stops.some(({ stop }) => stop === from) &&
  stops.some(({ stop }) => stop === to);

const listDemand = ({ pack, grid, waiting, countsOf, journeys = [] }: DemandInputs): readonly Demand[] => {
  const none = new Array<number>(grid.count).fill(0);
  const demands = new Map<string, Demand>();
  const add = (ride: Omit<Waiting, 'passengers'>, people: number, arrivals: readonly number[]): void => {
    const before = demands.get(keyOf(ride)) ?? { ...ride, waiting: 0, arrivals: none };
    demands.set(keyOf(ride), {
      ...before,
      waiting: before.waiting + people,
      arrivals: before.arrivals.map((came, slot) => came + (arrivals[slot] ?? 0)),
    });
  };
  for (const line of pack.transport.lines) {
    for (const ride of line.rides) {
      const counts = countsOf(ride.count.venue, ride.count.point);
      for (const { arrivals, ...people } of shareOut(ride, pack, counts, grid.count)) {
        add({ line: line.id, ...people }, 0, arrivals);
      }
    }
  }
  for (const { arrivals, accessible = false, ...ride } of journeys) add({ accessible, ...ride }, 0, arrivals);
  for (const { passengers, ...ride } of waiting) add(ride, Math.max(0, passengers), none);
  return [...demands.values()];
};
