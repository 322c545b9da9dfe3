import { type Tariff, valueAt } from '../problem.js';
import type { FeederShares } from './feeder-shares.js';
import { type CivilDay, type Intervals, isEstimated, SLOT_HOURS } from './meter-series.js';

/** A site as it was measured, one value a slot. */
export interface MeteredSite {
  readonly site: string;
  /** Which feeders carried it. */
  readonly shares: Pick<FeederShares, 'of'>;
  /** Net import. */
  readonly grid: Intervals;
  /** Positive while charging. Absent: the site has none. */
  readonly battery?: {
    readonly power: Intervals;
    /** At each slot's end; undefined where it was not read. */
    readonly soc_ratio: readonly (number | undefined)[];
    readonly capacity_kwh: number;
    readonly wear_cost_per_kwh: number;
  };
}

export interface Run {
  /** Bought less sold. */
  readonly energy: number;
  readonly carbon: number;
  /** Of batteries. */
  readonly wear: number;
  /** In the pack's currency. */
  readonly total: number;
  readonly carbon_kg: number;
  /** Highest quarter hour of net import of all sites together; null where no quarter hour is known of all of them. */
  readonly peak_kw: number | null;
}

/** A feeder's day with the plan, as it was, and without: batteries idle. A negative benefit is a loss. */
export interface Counterfactual {
  readonly day: string;
  /** null: all of them. */
  readonly feeder: string | null;
  readonly with_plan: Run;
  readonly without_plan: Run;
  /** Without less with. */
  readonly benefit: { readonly total: number; readonly carbon_kg: number; readonly peak_kw: number | null };
  /** What batteries hold more at the day's end than at its start: paid for on this day, of use on another. */
  readonly stored_kwh: number;
  /** Quarter hours of sites that are counted, those of them that rest on an estimate, and those that are left out on both sides. */
  readonly counted: number;
  readonly estimated: number;
  readonly missing: number;
}

/**
 * What the plan was worth, from what was measured. Without it the import of a site would have been its load less its sun; where its meters
 * agree that is the import that was measured less the battery's power, which is what is taken: so what meters disagree by stands on both sides.
 */
export const compareDay = (
  sites: readonly MeteredSite[],
  feeder: string | null,
  tariff: Tariff,
  carbonPrice: number,
  { day, from_slot, until_slot }: CivilDay,
): Counterfactual => {
  const own = sites.map((site) => {
    const share = feeder === null ? undefined : (site.shares.of.get(feeder) ?? []);
    return { site, shareAt: (slot: number): number => (share ? (share[slot] ?? 0) : 1) };
  });
  const [actual, idle] = [new Ledger(tariff, carbonPrice), new Ledger(tariff, carbonPrice)];
  let [counted, estimated, missing] = [0, 0, 0];
  for (let slot = from_slot; slot < until_slot; slot++) {
    const there = own.filter(({ shareAt }) => shareAt(slot) > 0);
    const known = there.flatMap(({ site: { grid, battery }, shareAt }) => {
      const [net, power] = [grid[slot], battery ? battery.power[slot] : REST];
      return net && power ? [{ net, power, share: shareAt(slot), wear: battery?.wear_cost_per_kwh ?? 0 }] : [];
    });
    counted += known.length;
    missing += there.length - known.length;
    estimated += known.filter(({ net, power }) => isEstimated(net) || isEstimated(power)).length;
    for (const { net, power, share, wear } of known) {
      actual.add(slot, share * net.kw, share * wear * Math.abs(power.kw));
      idle.add(slot, share * (net.kw - power.kw), 0);
    }
    if (known.length < there.length) continue;
    actual.meet(known.reduce((sum, { net, share }) => sum + share * net.kw, 0));
    idle.meet(known.reduce((sum, { net, power, share }) => sum + share * (net.kw - power.kw), 0));
  }
  const [with_plan, without_plan] = [actual.run(), idle.run()];
  return {
    day,
    feeder,
    with_plan,
    without_plan,
    benefit: {
      total: without_plan.total - with_plan.total,
      carbon_kg: without_plan.carbon_kg - with_plan.carbon_kg,
      peak_kw:
        without_plan.peak_kw === null || with_plan.peak_kw === null ? null : without_plan.peak_kw - with_plan.peak_kw,
    },
    stored_kwh: own.reduce((sum, { site, shareAt }) => sum + storedKwh(site, shareAt, from_slot, until_slot), 0),
    counted,
    estimated,
    missing,
  };
};

/** Of a site without a battery. */
const REST = { kw: 0, origin: 'readings' } as const;

/** What the charge changed by from one reading to the next, from that at the day's start, or else the first of the day, to the last. It belongs where the site stood at the later one. */
const storedKwh = (
  { battery }: MeteredSite,
  shareAt: (slot: number) => number,
  from: number,
  until: number,
): number => {
  if (!battery) return 0;
  let [before, kwh] = [battery.soc_ratio[from - 1], 0];
  for (let slot = from; slot < until; slot += 1) {
    const ratio = battery.soc_ratio[slot];
    if (ratio === undefined) continue;
    kwh += shareAt(slot) * (ratio - (before ?? ratio)) * battery.capacity_kwh;
    before = ratio;
  }
  return kwh;
};

/** Adds up costs by the tariff: carbon counts what is imported, as in a plan. */
class Ledger {
  private energy = 0;
  private carbonKg = 0;
  private wear = 0;
  private peak: number | null = null;

  constructor(
    private readonly tariff: Tariff,
    private readonly carbonPrice: number,
  ) {}

  add(slot: number, netKw: number, wearPerHour: number): void {
    const [bought, sold] = [Math.max(0, netKw) * SLOT_HOURS, Math.max(0, -netKw) * SLOT_HOURS];
    this.energy += bought * valueAt(this.tariff.import_price_per_kwh, slot);
    this.energy -= sold * valueAt(this.tariff.export_price_per_kwh, slot);
    this.carbonKg += bought * valueAt(this.tariff.carbon_kg_per_kwh, slot);
    this.wear += wearPerHour * SLOT_HOURS;
  }

  /** All sites' net import of a slot. */
  meet(netKw: number): void {
    this.peak = Math.max(this.peak ?? -Infinity, netKw);
  }

  run(): Run {
    const { energy, wear, carbonKg: carbon_kg, peak: peak_kw } = this;
    const carbon = carbon_kg * this.carbonPrice;
    return { energy, carbon, wear, total: energy + carbon + wear, carbon_kg, peak_kw };
  }
}
