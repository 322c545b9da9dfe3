import type { DispatchProblem, Ride } from './contract.js';
import type { RidePeople } from './demand-day.js';
import type { Roads } from './driving.js';
import { ExpectedStops } from './expected-stops.js';
import type { TimetableDeparture } from './headway-timetable.js';
import { Network } from './network.js';

/** What one line's people are expected to wait, for a given list of departures. */
export class ExpectedWaiting {
  readonly #network: Network;
  readonly #rides: readonly Ride[];
  readonly #people: readonly RidePeople[];
  readonly #prices: readonly number[];
  readonly #slotS: number;
  /** Sum of price x instant of coming over everybody. */
  readonly #came: number;

  constructor(
    private readonly roads: Roads,
    instance: DispatchProblem,
    people: readonly RidePeople[],
    line: string,
    private readonly untilS: number,
  ) {
    const own = instance.rides.flatMap((ride, index) => (ride.line === line ? [index] : []));
    // Where people go on with another ride is left out: they come to it as the forecast says.
    this.#rides = own.flatMap((index) => instance.rides[index] ?? []);
    this.#people = own.flatMap((index) => people[index] ?? []);
    this.#network = new Network({ ...instance, rides: this.#rides });
    const prices = new Map(instance.groups.map(({ id, waiting_cost_per_hour }) => [id, waiting_cost_per_hour]));
    this.#prices = this.#rides.map(({ group }) => prices.get(group) ?? 0);
    this.#slotS = instance.grid.slotMs / 1000;
    this.#came = this.#people.reduce(
      (sum, { waiting, arrivals }, ride) =>
        sum +
        (this.#prices[ride] ?? 0) *
          (waiting * -0.5 * this.#slotS +
            arrivals.reduce((all, count, slot) => all + count * (slot + 0.5) * this.#slotS, 0)),
      0,
    );
  }

  /** Price x hours, when vehicles have so many places. Who is left waits until the end, and for `leftS` more. */
  costOf(departures: readonly TimetableDeparture[], places: number, accessible: number, leftS: number): number {
    const stops = new ExpectedStops(
      this.#rides,
      this.#people,
      this.#slotS,
      0,
      this.#people.map(({ waiting }) => waiting),
    );
    let left = 0;
    for (const { nowS, departure, call, aboard, free } of this.#callsOf(departures, places)) {
      for (const people of aboard.splice(call, 1, 0)) free.places += people;
      const tiers = this.#network.boardable(departure, call);
      stops.board(tiers, free.places, accessible, nowS, ({ ride, alight }, people) => {
        left += (this.#prices[ride] ?? 0) * people * nowS;
        aboard[alight] = (aboard[alight] ?? 0) + people;
        free.places -= people;
      });
    }
    this.#rides.forEach((_, ride) => {
      left += (this.#prices[ride] ?? 0) * stops.waitingAt(ride, this.untilS) * (this.untilS + leftS);
    });
    return (left - this.#came) / 3600;
  }

  /** All calls in time order, with what each vehicle has aboard. */
  #callsOf(departures: readonly TimetableDeparture[], places: number) {
    return departures
      .flatMap(({ pattern, at_s }) => {
        const departure = this.#network.pattern(pattern);
        const aboard = departure.value.stops.map(() => 0);
        const free = { places };
        return departure.value.stops.slice(0, -1).map((_, call) => ({
          nowS: at_s + this.roads.expectedRideS(departure.value, 0, call),
          departure,
          call,
          aboard,
          free,
        }));
      })
      .filter(({ nowS }) => nowS < this.untilS)
      .sort((a, b) => a.nowS - b.nowS);
  }
}
