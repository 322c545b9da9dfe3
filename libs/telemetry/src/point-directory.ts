/** What a reading is checked against. `min` and `max` are in the point's unit, both inclusive. */
export interface KnownPoint {
  readonly id: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

export interface PointEntry extends KnownPoint {
  readonly venue: string;
  readonly gateway: string;
  readonly point: string;
}

/** Points by the gateway that publishes them. Maps all through: a name from the wire is never an object's key. */
export class PointDirectory {
  readonly #gateways = new Map<string, Map<string, KnownPoint>>();

  constructor(entries: Iterable<PointEntry>) {
    for (const { venue, gateway, point, id, unit, min, max } of entries) {
      const key = `${venue}/${gateway}`;
      const points = this.#gateways.get(key) ?? new Map<string, KnownPoint>();
      points.set(point, { id, unit, min, max });
      this.#gateways.set(key, points);
    }
  }

  /** The points of one gateway by name, or undefined when there is no such gateway at the venue. */
  findPoints(venue: string, gateway: string): ReadonlyMap<string, KnownPoint> | undefined {
    return this.#gateways.get(`${venue}/${gateway}`);
  }
}
