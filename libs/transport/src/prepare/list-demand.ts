import type { Pack } from '#libs/games';
import type { SlotGrid } from '#libs/kernel';
import type { RideDemand } from '../problem.js';

/** People who wait for a line at a stop now. */
export interface Waiting {
  readonly line: string;
  readonly from_stop: string;
  readonly to_stop: string;
  readonly passengers: number;
}

export interface DemandInputs {
  readonly pack: Pick<Pack, 'venues' | 'transport'>;
  /** Starts at a slot's start, best at the next after now: departures leave at slot starts. */
  readonly grid: SlotGrid;
  readonly waiting: readonly Waiting[];
  /** People that a gate counter counts in each slot of the grid; the share that travels is taken here. */
  readonly countsOf: (venue: string, point: string) => readonly number[];
}

/** The demand of every ride, and of who waits for a ride that is none of the pack's (on from the terminus of a loop). */
export const listDemand = ({ pack, grid, waiting, countsOf }: DemandInputs): readonly RideDemand[] => {
  const stopOf = (venue: string): string => {
    const found = pack.venues.find(({ id }) => id === venue);
    if (!found) throw new Error(`Venue ${venue} of a ride is not in the pack.`);
    return found.stop;
  };
  const rides = pack.transport.lines.flatMap((line) =>
    line.rides.map((ride) => {
      const counts = countsOf(ride.count.venue, ride.count.point);
      return {
        line: line.id,
        from_stop: stopOf(ride.from),
        to_stop: stopOf(ride.to),
        arrivals: Array.from({ length: grid.count }, (_, slot) => Math.max(0, counts[slot] ?? 0) * ride.share),
      };
    }),
  );
  const keyOf = (ride: Pick<Waiting, 'line' | 'from_stop' | 'to_stop'>) =>
    JSON.stringify([ride.line, ride.from_stop, ride.to_stop]);
  const demand = new Map<string, RideDemand>();
  const none = new Array<number>(grid.count).fill(0);
  for (const ride of [...rides, ...waiting]) {
    const before = demand.get(keyOf(ride)) ?? { waiting: 0, arrivals: none };
    const arrivals = 'arrivals' in ride ? ride.arrivals : none;
    demand.set(keyOf(ride), {
      line: ride.line,
      from_stop: ride.from_stop,
      to_stop: ride.to_stop,
      waiting: before.waiting + ('passengers' in ride ? Math.max(0, ride.passengers) : 0),
      arrivals: before.arrivals.map((people, slot) => people + (arrivals[slot] ?? 0)),
    });
  }
  return [...demand.values()];
};
