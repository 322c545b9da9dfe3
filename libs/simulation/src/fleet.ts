import { listVehicles, type Pack } from '#libs/games';
import { type EpochMs, epochMs, type Interval } from '#libs/kernel';
import type { DispatchSituation } from '#libs/transport';
import type { World } from './world/world.js';

/** A trip under way. */
interface UnderWay {
  /** As it was planned. */
  readonly departs_ms: number;
  /** When it left. */
  readonly at: EpochMs;
  /** For how long it was to be bound. */
  readonly busyMs: number;
}

/** Vehicles: what they take, when they are free, and when they are broken. */
export class Fleet {
  readonly #places: ReadonlyMap<string, number>;
  readonly #breaks: ReadonlyMap<string, Interval>;
  readonly #free = new Map<string, EpochMs>();
  readonly #underWay = new Map<string, UnderWay>();

  constructor(pack: Pick<Pack, 'transport'>, world: World, { start, end }: Interval) {
    const types = new Map(pack.transport.vehicle_types.map(({ id, seats, standing }) => [id, seats + standing]));
    const vehicles = listVehicles(pack.transport);
    this.#places = new Map(vehicles.map(({ id, group }) => [id, types.get(group.type) ?? 0]));
    this.#breaks = new Map(
      vehicles.flatMap(({ id }) => {
        const broken = world.breakdown(id, end - start);
        if (!broken) return [];
        const from = epochMs(start + broken.atMs);
        return [[id, { start: from, end: epochMs(from + broken.lastsMs) }] as const];
      }),
    );
  }

  /** Seats and standing places. */
  placesOf(vehicle: string): number {
    return this.#places.get(vehicle) ?? 0;
  }

  /** From when on it may leave, from a time on; what is under way ends its trip, whatever breaks. */
  freeAt(vehicle: string, at: EpochMs): EpochMs {
    const under = this.#underWay.get(vehicle);
    // Nobody knows yet when it arrives: as late as it left, and soon asked again.
    const free = under ? Math.max(at + ASK_MS, under.at + under.busyMs) : Math.max(at, this.#free.get(vehicle) ?? at);
    const broken = this.#breaks.get(vehicle);
    return epochMs(broken && broken.start <= free && free < broken.end ? broken.end : free);
  }

  leave(vehicle: string, trip: UnderWay): void {
    this.#underWay.set(vehicle, trip);
  }

  arrive(vehicle: string, free: EpochMs): void {
    this.#underWay.delete(vehicle);
    this.#free.set(vehicle, free);
  }

  /** Vehicles that are out of service, as staff know at an instant. */
  brokenAt(now: EpochMs): ReadonlySet<string> {
    return new Set([...this.#breaks].filter(([, { start, end }]) => start <= now && now < end).map(([id]) => id));
  }

  /** Trips under way that end later than planned, as far as their late departure tells. */
  lateAt(now: EpochMs): NonNullable<DispatchSituation['late']> {
    return new Map(
      [...this.#underWay].flatMap(([vehicle, { departs_ms, at, busyMs }]) => {
        const ready = Math.max(now, at + busyMs);
        return ready > departs_ms + busyMs ? [[vehicle, { departs_ms, ready: epochMs(ready) }] as const] : [];
      }),
    );
  }
}

/** How often a vehicle that has not arrived is asked for again, ms. */
const ASK_MS = 60_000;
