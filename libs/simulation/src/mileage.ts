import { HOUR_MS, MINUTE_MS } from '#libs/kernel';
import type { DispatchProblem } from '#libs/transport';

/** A driver whose vehicle stands longer than this is off duty meanwhile. */
const PAUSE_MS = 60 * MINUTE_MS;

/** A trip as far as it makes way. */
export interface Way {
  readonly from_place: string;
  readonly to_place: string;
  readonly km: number;
}

interface EmptyRide {
  readonly km: number;
  readonly ms: number;
}

interface Whereabouts {
  place: string;
  /** ms since the epoch; undefined: it has not moved yet. */
  since: number | undefined;
}

/** What vehicles drive with and without passengers, and how long their drivers are on duty. The way home at the day's end is not counted. */
export class Mileage {
  #km = 0;
  #emptyKm = 0;
  #dutyMs = 0;
  #emptyRides: ReadonlyMap<string, EmptyRide> = new Map();
  readonly #vehicles = new Map<string, Whereabouts>();

  /** Empty rides as they are now, and where vehicles stand that have not moved yet. */
  know({ deadheads, grid, vehicles }: Pick<DispatchProblem, 'deadheads' | 'grid' | 'vehicles'>): void {
    this.#emptyRides = new Map(
      deadheads.map(({ from_place, to_place, km, slots }) => [
        `${from_place} ${to_place}`,
        { km, ms: slots * grid.slotMs },
      ]),
    );
    for (const { id, place } of vehicles)
      if (!this.#vehicles.has(id)) this.#vehicles.set(id, { place, since: undefined });
  }

  /** What a trip takes from where the vehicle is, the empty ride to its first stop included. */
  kmOf(vehicle: string, { from_place, km }: Way): number {
    return km + (this.#emptyTo(vehicle, from_place)?.km ?? 0);
  }

  /** A vehicle leaves on a trip at `at`, empty to its first stop before that where it stood elsewhere. */
  leave(vehicle: string, { from_place, to_place, km }: Way, at: number): void {
    const since = this.#vehicles.get(vehicle)?.since;
    const empty = this.#emptyTo(vehicle, from_place);
    this.#km += km;
    this.#emptyKm += empty?.km ?? 0;
    const stood = since === undefined ? Infinity : at - since;
    this.#dutyMs += stood <= PAUSE_MS ? stood : (empty?.ms ?? 0);
    this.#vehicles.set(vehicle, { place: to_place, since: at });
  }

  /** A vehicle that stands goes empty to a place. Returns how far that is, km. */
  goEmpty(vehicle: string, place: string, at: number): number {
    const km = this.#emptyTo(vehicle, place)?.km ?? 0;
    this.leave(vehicle, { from_place: place, to_place: place, km: 0 }, at);
    return km;
  }

  #emptyTo(vehicle: string, to: string): EmptyRide | undefined {
    const from = this.#vehicles.get(vehicle)?.place;
    return from === undefined || from === to ? undefined : this.#emptyRides.get(`${from} ${to}`);
  }

  /** It may leave again from `at` on. */
  arrive(vehicle: string, at: number): void {
    const whereabouts = this.#vehicles.get(vehicle);
    if (whereabouts?.since === undefined) return;
    this.#dutyMs += at - whereabouts.since;
    whereabouts.since = at;
  }

  /** Driven with and without passengers. */
  get km(): number {
    return this.#km + this.#emptyKm;
  }

  /** Of all kilometres, those without passengers. */
  get emptyShare(): number {
    return this.km > 0 ? this.#emptyKm / this.km : 0;
  }

  get driverHours(): number {
    return this.#dutyMs / HOUR_MS;
  }
}
