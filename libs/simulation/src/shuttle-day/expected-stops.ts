import type { Boardable } from './boarding.js';
import type { Ride } from './contract.js';
import type { RidePeople } from './demand-day.js';

/** People at stops as they are expected: divisible, and as many as a forecast says. For dispatchers; what happens is `Stops`. */
export class ExpectedStops {
  /** Who waits, by ride, at `#atS`. */
  readonly #waiting: Float64Array;
  readonly #atS: Float64Array;

  constructor(
    private readonly rides: readonly Ride[],
    private readonly people: readonly RidePeople[],
    private readonly slotS: number,
    fromS: number,
    waiting: readonly number[],
  ) {
    this.#waiting = Float64Array.from(waiting);
    this.#atS = new Float64Array(rides.length).fill(fromS);
  }

  /** Who waits for a ride. Time never goes back. */
  waitingAt(ride: number, nowS: number): number {
    const came = comeBetween(this.people[ride]?.arrivals ?? [], this.slotS, this.#atS[ride] ?? nowS, nowS);
    const waiting = (this.#waiting[ride] ?? 0) + came;
    this.#waiting[ride] = waiting;
    this.#atS[ride] = nowS;
    return waiting;
  }

  /** Boards tier by tier; rides of a tier share what is left of the places by how many wait. `boarded` hears of each ride. Gives the places that are left. */
  board(
    tiers: readonly (readonly Boardable[])[],
    places: number,
    accessible: number,
    nowS: number,
    boarded: (ride: Boardable, people: number) => void,
  ): number {
    let [left, leftAccessible] = [places, accessible];
    for (const tier of tiers) {
      const wish = tier.map(({ ride }) => {
        const waiting = this.waitingAt(ride, nowS);
        return this.rides[ride]?.accessible ? Math.min(waiting, leftAccessible) : waiting;
      });
      const wished = wish.reduce((sum, people) => sum + people, 0);
      const share = wished > left ? left / wished : 1;
      tier.forEach((entry, place) => {
        const people = (wish[place] ?? 0) * share;
        if (people <= 0) return;
        this.#waiting[entry.ride] = (this.#waiting[entry.ride] ?? 0) - people;
        left -= people;
        if (this.rides[entry.ride]?.accessible) leftAccessible = Math.max(0, leftAccessible - people);
        boarded(entry, people);
      });
      left = Math.max(0, left);
    }
    return left;
  }
}

/** People who come in [fromS, untilS), evenly over each slot. */
const comeBetween = (arrivals: readonly number[], slotS: number, fromS: number, untilS: number): number => {
  let people = 0;
  for (let slot = Math.max(0, Math.floor(fromS / slotS)); slot * slotS < untilS && slot < arrivals.length; slot++) {
    const seconds = Math.min(untilS, (slot + 1) * slotS) - Math.max(fromS, slot * slotS);
    if (seconds > 0) people += ((arrivals[slot] ?? 0) * seconds) / slotS;
  }
  return people;
};
