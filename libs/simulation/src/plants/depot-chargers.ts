import type { Pack } from '#libs/games';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { type DepotStay, placeOfDepot } from '#libs/transport';
import type { VehicleBatteries } from '../vehicle-batteries.js';

/** Who stands shorter than this is not plugged in where no plan says so. */
const PLUG_IN_MS = 5 * MINUTE_MS;
const MINUTE_HOURS = 1 / 60;

interface Standing {
  readonly place: string;
  readonly since: EpochMs;
}

/** A stay of the plan in force, and what the vehicle has taken in it. */
interface Stay extends DepotStay {
  takenKwh: number;
}

/**
 * Chargers of the depots that venues feed. With a plan, vehicles charge in its stays, as fast as the energy plan lets them, but so that they are done when they leave: its slots are longer than a stay may be.
 * Without one, whoever stands at a depot plugs in; who came first goes first.
 */
export class DepotChargers {
  readonly #depots: readonly (Pack['transport']['depots'][number] & { readonly place: string })[];
  readonly #standing = new Map<string, Standing>();
  #stays: readonly Stay[] | undefined;

  constructor(
    { transport }: Pick<Pack, 'transport'>,
    private readonly batteries: VehicleBatteries,
  ) {
    this.#depots = transport.depots
      .filter(({ venue, chargers = 0 }) => venue !== undefined && chargers > 0)
      .map((depot) => ({ ...depot, place: placeOfDepot(depot) }));
  }

  /** From now on vehicles charge in these stays and in no others. */
  follow(stays: readonly DepotStay[]): void {
    const before = this.#stays ?? [];
    this.#stays = stays.map((stay) => {
      const known = before.find(({ vehicle, start }) => vehicle === stay.vehicle && start === stay.start);
      return { ...stay, takenKwh: known?.takenKwh ?? 0 };
    });
  }

  /** Vehicles whose stay has begun and who are not at their depot, and its place. */
  missingAt(at: EpochMs): readonly { readonly vehicle: string; readonly place: string }[] {
    return (this.#stays ?? []).flatMap(({ vehicle, depot, start, end }) => {
      const place = this.#depots.find(({ id }) => id === depot)?.place;
      const isDue = start <= at && at < end && place !== undefined && this.#standing.get(vehicle)?.place !== place;
      return isDue ? [{ vehicle, place }] : [];
    });
  }

  stand(vehicle: string, place: string, since: EpochMs): void {
    if (this.batteries.isElectric(vehicle)) this.#standing.set(vehicle, { place, since });
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
      for (const { vehicle, stay } of this.#plugged(depot, at)) {
        if (free <= 0) break;
        const wantedKw = stay ? wantedBy(stay, at, told(`${depot.id}.${vehicle}`)) : Infinity;
        const kw = Math.min(leftKw, wantedKw, this.batteries.mostKw(vehicle, MINUTE_HOURS));
        if (kw <= 0) continue;
        free -= 1;
        leftKw -= kw;
        totalKw += kw;
        this.batteries.charge(vehicle, kw * MINUTE_HOURS);
        if (stay) stay.takenKwh += kw * MINUTE_HOURS;
      }
    }
    return totalKw;
  }

  #plugged(
    { id, place }: { readonly id: string; readonly place: string },
    at: EpochMs,
  ): readonly { readonly vehicle: string; readonly stay?: Stay }[] {
    const isThere = (vehicle: string): boolean => {
      const standing = this.#standing.get(vehicle);
      return standing?.place === place && at >= standing.since + (this.#stays ? 0 : PLUG_IN_MS);
    };
    if (this.#stays)
      return this.#stays
        .filter(({ depot, vehicle, start, end }) => depot === id && start <= at && at < end && isThere(vehicle))
        .map((stay) => ({ vehicle: stay.vehicle, stay }));
    return [...this.#standing.keys()].filter(isThere).map((vehicle) => ({ vehicle }));
  }
}

const wantedBy = ({ kwh, takenKwh, end }: Stay, at: EpochMs, toldKw = Infinity): number => {
  const leftKwh = Math.max(0, kwh - takenKwh);
  return Math.min(leftKwh / MINUTE_HOURS, Math.max(toldKw, (leftKwh * HOUR_MS) / (end - at)));
};
