import type { DispatchProblem, PatternProblem, Ride } from './contract.js';

/** People of a ride may board at a call, and get off at a later one. */
export interface Boardable {
  readonly ride: number;
  readonly alight: number;
}

/**
 * Who may board at each call of a pattern: those who wait there for its line and want to go where it calls later, in tiers that board one after the
 * other, the highest price of waiting first.
 */
export const boardableAt = (
  { rides, groups }: Pick<DispatchProblem, 'rides' | 'groups'>,
  { line, stops }: PatternProblem,
): readonly (readonly (readonly Boardable[])[])[] => {
  const prices = new Map(groups.map(({ id, waiting_cost_per_hour }) => [id, waiting_cost_per_hour]));
  const priceOf = ({ group }: Ride) => prices.get(group) ?? 0;
  return stops.map(({ stop }, call) => {
    const tiers = new Map<number, Boardable[]>();
    rides.forEach((ride, index) => {
      if (ride.line !== line || ride.from_stop !== stop) return;
      const alight = stops.findIndex((later, place) => place > call && later.stop === ride.to_stop);
      if (alight < 0) return;
      const tier = tiers.get(priceOf(ride)) ?? [];
      tier.push({ ride: index, alight });
      tiers.set(priceOf(ride), tier);
    });
    return [...tiers].sort(([a], [b]) => b - a).map(([, tier]) => tier);
  });
};

/** Free places of a vehicle. The accessible ones are among `places`. */
export interface Room {
  places: number;
  accessible: number;
}

/** A line of waiting people: who stands first came first. */
export interface Waiting<P> {
  first(): P | undefined;
  take(): void;
}

/**
 * Boards one tier: first come, first served over all its rides. Who needs an accessible place and finds none is passed by those behind him who do not.
 * `room` is used up.
 */
export const boardTier = <P extends { readonly sinceS: number }>(
  lines: readonly { readonly queue: Waiting<P>; readonly accessible: boolean; readonly board: (person: P) => void }[],
  room: Room,
): void => {
  while (room.places > 0) {
    let next: (typeof lines)[number] | undefined;
    let person: P | undefined;
    for (const line of lines) {
      const first = line.accessible && room.accessible <= 0 ? undefined : line.queue.first();
      if (first && (!person || first.sinceS < person.sinceS)) [next, person] = [line, first];
    }
    if (!next || !person) return;
    next.queue.take();
    next.board(person);
    room.places--;
    if (next.accessible) room.accessible--;
  }
};
