import { type GridConnection, listConnections, type Pack, type Replay, replayOf } from '#libs/games';
import { type EpochMs, epochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import { behindFeeders } from './behind-feeders.js';

/** Connections are billed, and limits are meant, as means over a quarter of an hour. */
const BILLED_MS = 15 * MINUTE_MS;
const MINUTES = BILLED_MS / MINUTE_MS;

/** Sums up what flows through the venues' grid connections. */
export class EnergyMeter {
  #cost = 0;
  #carbonKg = 0;
  #bought = 0;
  #boughtAt = 0;
  /** Net kW by quarter and connection. */
  readonly #quarters = new Map<EpochMs, Map<string, number>>();
  readonly #price: Replay;
  readonly #carbon: Replay;
  readonly #behind: ReadonlyMap<string, readonly string[]>;
  readonly #connections: readonly GridConnection[];

  constructor(private readonly pack: Pack) {
    this.#behind = behindFeeders(pack);
    this.#connections = pack.venues.flatMap(listConnections);
    this.#price = replayOf(pack, { series: pack.energy.import_price_per_kwh, scale: 1, rule: 'hold' });
    this.#carbon = replayOf(pack, { series: pack.energy.carbon_kg_per_kwh, scale: 1, rule: 'hold' });
  }

  /** One minute of a venue: mean power through its connections, positive while importing. */
  count(at: EpochMs, gridKw: ReadonlyMap<string, number>): void {
    const price = this.#price(at);
    const quarter = floorTo(at, BILLED_MS);
    const connections = this.#quarters.get(quarter) ?? new Map<string, number>();
    this.#quarters.set(quarter, connections);
    for (const [connection, kw] of gridKw) {
      const kwh = kw / 60;
      this.#cost += kwh * price * (kwh < 0 ? this.pack.energy.export_price_ratio : 1);
      this.#carbonKg += Math.max(0, kwh) * this.#carbon(at);
      this.#bought += Math.max(0, kwh);
      this.#boughtAt += Math.max(0, kwh) * price;
      connections.set(connection, (connections.get(connection) ?? 0) + kw / MINUTES);
    }
  }

  /** Import less export. */
  get cost(): number {
    return this.#cost;
  }

  get carbonKg(): number {
    return this.#carbonKg;
  }

  /** Bought by all connections. */
  get importKwh(): number {
    return this.#bought;
  }

  /** What a kWh cost on the average of all bought. */
  get meanPrice(): number {
    return this.#bought > 0 ? this.#boughtAt / this.#bought : 0;
  }

  /** The highest quarter of all venues together. */
  get peakImportKw(): number {
    return Math.max(
      0,
      ...[...this.#quarters.values()].map((kw) => [...kw.values()].reduce((sum, one) => sum + one, 0)),
    );
  }

  /** Energy past the limits of connections and feeders. */
  get overLimitKwh(): number {
    const over = (kw: number, most: number, least: number) => Math.max(0, kw - most, least - kw);
    let sumKw = 0;
    for (const kw of this.#quarters.values()) {
      for (const { id, import_limit_kw, export_limit_kw } of this.#connections)
        sumKw += over(kw.get(id) ?? 0, import_limit_kw, -export_limit_kw);
      for (const { id, limit_kw } of this.pack.feeders) sumKw += over(this.#loadOf(id, kw), limit_kw, -limit_kw);
    }
    return sumKw / (60 / MINUTES);
  }

  /** The highest quarter of any feeder, of its limit. */
  get peakFeederRatio(): number {
    const ratios = [...this.#quarters.values()].flatMap((kw) =>
      this.pack.feeders.map(({ id, limit_kw }) => Math.abs(this.#loadOf(id, kw)) / limit_kw),
    );
    return ratios.reduce((most, ratio) => Math.max(most, ratio), 0);
  }

  /** What feeders carried in the quarter of an hour that ended at `at`, kW, in the pack's order. */
  feederLoads(at: EpochMs): readonly number[] {
    const kw = this.#quarters.get(floorTo(epochMs(at - 1), BILLED_MS)) ?? new Map<string, number>();
    return this.pack.feeders.map(({ id }) => this.#loadOf(id, kw));
  }

  #loadOf(feeder: string, kw: ReadonlyMap<string, number>): number {
    return (this.#behind.get(feeder) ?? []).reduce((sum, id) => sum + (kw.get(id) ?? 0), 0);
  }
}
