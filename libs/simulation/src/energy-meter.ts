import { type Pack, type Replay, replayOf, type Venue } from '#libs/games';
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
  #unservedKwh = 0;
  #shedKwh = 0;
  /** Net kWh by quarter and connection. */
  readonly #quarters = new Map<EpochMs, Map<string, number>>();
  readonly #price: Replay;
  readonly #carbon: Replay;
  readonly #behind: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly pack: Pack) {
    this.#behind = behindFeeders(pack);
    this.#price = replayOf(pack, { series: pack.energy.import_price_per_kwh, scale: 1, rule: 'hold' });
    this.#carbon = replayOf(pack, { series: pack.energy.carbon_kg_per_kwh, scale: 1, rule: 'hold' });
  }

  /** One minute of a venue: mean power through its connection (positive while importing), and through its battery. */
  count(venue: Venue, at: EpochMs, gridKw: number, batteryKw: number): void {
    const kwh = gridKw / 60;
    const price = this.#price(at);
    this.#cost += kwh * price * (kwh < 0 ? this.pack.energy.export_price_ratio : 1);
    this.#cost += (batteryKw / 60) * (venue.battery?.wear_cost_per_kwh ?? 0);
    this.#carbonKg += Math.max(0, kwh) * this.#carbon(at);
    this.#bought += Math.max(0, kwh);
    this.#boughtAt += Math.max(0, kwh) * price;
    const quarter = floorTo(at, BILLED_MS);
    const connections = this.#quarters.get(quarter) ?? new Map<string, number>();
    connections.set(venue.id, (connections.get(venue.id) ?? 0) + gridKw / MINUTES);
    this.#quarters.set(quarter, connections);
  }

  /** A minute of a venue without a grid: what its battery gives, and what nobody does. */
  countDark(venue: Venue, batteryKw: number, unservedKw: number): void {
    this.#cost += (batteryKw / 60) * (venue.battery?.wear_cost_per_kwh ?? 0);
    this.#unservedKwh += unservedKw / 60;
  }

  /** A minute of loads that were switched off. */
  countShed(kw: number): void {
    this.#shedKwh += kw / 60;
  }

  /** Asked for while nothing fed it. */
  get unservedKwh(): number {
    return this.#unservedKwh;
  }

  /** Switched off by plan. */
  get shedKwh(): number {
    return this.#shedKwh;
  }

  /** Import less export, and wear. */
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
      for (const { id, grid } of this.pack.venues) {
        sumKw += over(kw.get(id) ?? 0, grid.import_limit_kw, -grid.export_limit_kw);
      }
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
