import type { Point } from '#libs/games';

/** What a reading is checked against. `min` and `max` are in the point's unit, both inclusive. */
export interface KnownPoint {
  readonly id: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Fastest possible change, in `unit` per second; absent: not checked. */
  readonly maxRatePerS?: number;
  /** Seconds without any change after which the sensor is taken to be stuck; absent: not checked. */
  readonly stuckAfterS?: number;
}

/** A point of the pack under the number that the store knows it by. */
export const knownPoint = (
  id: number,
  {
    unit,
    min,
    max,
    max_rate_per_s,
    stuck_after_s,
  }: Pick<Point, 'unit' | 'min' | 'max' | 'max_rate_per_s' | 'stuck_after_s'>,
): KnownPoint => ({
  id,
  unit,
  min,
  max,
  ...(max_rate_per_s === undefined ? {} : { maxRatePerS: max_rate_per_s }),
  ...(stuck_after_s === undefined ? {} : { stuckAfterS: stuck_after_s }),
});

export interface PointEntry extends KnownPoint {
  readonly venue: string;
  readonly gateway: string;
  readonly point: string;
}

/** Where setpoints and orders may have gone: venues with their assets, and vehicles. */
export interface CommandTargets {
  readonly setpoints: readonly { readonly venue: string; readonly asset: string }[];
  readonly vehicles: readonly string[];
}

/** Points by the gateway that publishes them. Maps all through: a name from the wire is never an object's key. */
export class PointDirectory {
  readonly #gateways = new Map<string, Map<string, KnownPoint>>();
  readonly #setpoints: ReadonlySet<string>;
  readonly #vehicles: ReadonlySet<string>;

  constructor(
    entries: Iterable<PointEntry>,
    { setpoints, vehicles }: CommandTargets = { setpoints: [], vehicles: [] },
  ) {
    this.#setpoints = new Set(setpoints.map(({ venue, asset }) => `${venue}/${asset}`));
    this.#vehicles = new Set(vehicles);
    for (const { venue, gateway, point, ...known } of entries) {
      const key = `${venue}/${gateway}`;
      const points = this.#gateways.get(key) ?? new Map<string, KnownPoint>();
      points.set(point, known);
      this.#gateways.set(key, points);
    }
  }

  /** The points of one gateway by name, or undefined when there is no such gateway at the venue. */
  findPoints(venue: string, gateway: string): ReadonlyMap<string, KnownPoint> | undefined {
    return this.#gateways.get(`${venue}/${gateway}`);
  }

  /** Whether a setpoint or orders can have gone to a target: `<venue>/<asset>`, or a vehicle. */
  hasTarget(kind: 'setpoint' | 'orders', target: string): boolean {
    return (kind === 'setpoint' ? this.#setpoints : this.#vehicles).has(target);
  }
}
