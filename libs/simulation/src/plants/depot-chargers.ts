import { chargingTask } from '#libs/energy';
import type { Pack } from '#libs/games';
import { type EpochMs, HOUR_MS } from '#libs/kernel';
import { type DepotStay, placeOfDepot } from '#libs/transport';
import type { VehicleBatteries } from '../vehicle-batteries.js';

const MINUTE_HOURS = 1 / 60;

/** A stay of the plan in force, and what the vehicle has taken in it. */
interface Stay extends DepotStay {
  takenKwh: number;
}

/**
 * Chargers of the depots that venues feed. Vehicles charge in the stays of the dispatch plan: as fast as the energy plan says, or evenly where it does not know of the stay yet.
 * Without a plan nobody charges before the night.
 */
export class DepotChargers {
  readonly #depots: readonly (Pack['transport']['depots'][number] & { readonly place: string })[];
  /** Where vehicles stand. */
  readonly #standing = new Map<string, string>();
  #stays: readonly Stay[] = [];
  #givenKwh = 0;

  constructor(
    { transport }: Pick<Pack, 'transport'>,
    private readonly batteries: VehicleBatteries,
  ) {
    this.#depots = transport.depots
      .filter(({ venue, chargers = 0 }) => venue !== undefined && chargers > 0)
      .map((depot) => ({ ...depot, place: placeOfDepot(depot) }));
  }

  /** To vehicles, since the start. */
  get givenKwh(): number {
    return this.#givenKwh;
  }

  /** From now on vehicles charge in these stays and in no others. */
  follow(stays: readonly DepotStay[]): void {
    const before = this.#stays;
    this.#stays = stays.map((stay) => {
      const known = before.find(({ vehicle, start }) => vehicle === stay.vehicle && start === stay.start);
      return { ...stay, takenKwh: known?.takenKwh ?? 0 };
    });
  }

  /** Vehicles whose stay has begun and who are not at their depot, and its place. */
  missingAt(at: EpochMs): readonly { readonly vehicle: string; readonly place: string }[] {
    return this.#stays.flatMap(({ vehicle, depot, start, end }) => {
      const place = this.#depots.find(({ id }) => id === depot)?.place;
      const isDue = start <= at && at < end && place !== undefined && this.#standing.get(vehicle) !== place;
      return isDue ? [{ vehicle, place }] : [];
    });
  }

  stand(vehicle: string, place: string): void {
    this.#standing.set(vehicle, place);
  }

  leave(vehicle: string): void {
    this.#standing.delete(vehicle);
  }

  /** What the depots of a venue take in the minute that begins at `at`, kW. `told`: what the energy plan lets a task take. */
  run(at: EpochMs, venue: string, told: (task: string) => number | undefined): number {
    let totalKw = 0;
    for (const depot of this.#depots) {
      if (depot.venue !== venue) continue;
      let leftKw = depot.charging_kw ?? Infinity;
      let free = depot.chargers ?? 0;
      for (const stay of this.#stays) {
        const { vehicle, start, end } = stay;
        const isThere =
          stay.depot === depot.id && start <= at && at < end && this.#standing.get(vehicle) === depot.place;
        if (!isThere || free <= 0) continue;
        const wantedKw = wantedBy(stay, at, told(chargingTask(depot.id, vehicle)));
        const kw = Math.min(leftKw, wantedKw, this.batteries.mostKw(vehicle, MINUTE_HOURS));
        if (kw <= 0) continue;
        free -= 1;
        leftKw -= kw;
        totalKw += kw;
        this.batteries.charge(vehicle, kw * MINUTE_HOURS);
        stay.takenKwh += kw * MINUTE_HOURS;
        this.#givenKwh += kw * MINUTE_HOURS;
      }
    }
    return totalKw;
  }
}

/** As told, or evenly over what is left of the stay. */
const wantedBy = ({ kwh, takenKwh, end }: Stay, at: EpochMs, toldKw: number | undefined): number => {
  const leftKwh = Math.max(0, kwh - takenKwh);
  return Math.min(leftKwh / MINUTE_HOURS, toldKw ?? (leftKwh * HOUR_MS) / (end - at));
};
