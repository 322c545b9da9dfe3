import type { EnergyProblem, PeakCharge, PowerBySoc, SiteProblem } from '#libs/energy';
import { epochMs, HOUR_MS } from '#libs/kernel';

import { type Battery, oneWayEfficiency, POWER_BY_SOC } from './battery.js';

/** What is expected of the coming hours, the first of which is the one to decide for. */
export interface Outlook {
  /** Load less sun, by house. */
  readonly netKw: readonly (readonly number[])[];
  readonly pricePerKwh: readonly number[];
  readonly carbonKgPerKwh: readonly number[];
  /** What the first hour may bring beside: equally likely, by house. */
  readonly spreadKw: readonly (readonly number[])[];
}

/** The score's terms in the money of the tariff, and where the district stands. */
export interface Prices {
  readonly carbonPerKg: number;
  readonly rampPerKw: number;
  /** A kWh more lifts the mean, and with it the load factor. */
  readonly meanPerKwh: number;
  readonly peaks: readonly PeakCharge[];
  /** Flow of the hour before. */
  readonly beforeKw: number;
}

const FEEDER = 'district';
/** Nothing in a district flows as much. */
const UNLIMITED_KW = 1e5;
/** Sun cannot be curtailed here: using it earns so many times what leaving it could. */
const MUST_TAKE = 4;
/** Worth of a kWh that is left at the horizon, in the cheapest kWh before. */
const LEFT = 0.7;

/** The coming hours of a district: each house pays its carbon, the meter that they share the price, the changes and the peaks. */
export const districtProblem = (outlook: Outlook, batteries: readonly Battery[], prices: Prices): EnergyProblem => {
  const { pricePerKwh, netKw, spreadKw } = outlook;
  const { carbonPerKg, rampPerKw, meanPerKwh, peaks, beforeKw } = prices;
  return {
    grid: { start: epochMs(0), slotMs: HOUR_MS, count: pricePerKwh.length },
    currency: 'EUR',
    carbon_price_per_kg: carbonPerKg,
    feeders: [
      {
        feeder: FEEDER,
        limit_kw: UNLIMITED_KW,
        tariff: {
          import_price_per_kwh: pricePerKwh.map((price) => price - meanPerKwh),
          export_price_per_kwh: -meanPerKwh,
          carbon_kg_per_kwh: 0,
          ramp: { price_per_kw: rampPerKw, before_kw: beforeKw },
          peaks,
          spread_kw: (spreadKw[0] ?? []).map((_, at) => spreadKw.reduce((sum, own) => sum + (own[at] ?? 0), 0)),
        },
      },
    ],
    sites: batteries.map((battery, at) =>
      houseOf(`house ${at}`, battery, netKw[at] ?? [], spreadKw[at] ?? [], outlook, rampPerKw),
    ),
  };
};

const houseOf = (
  site: string,
  battery: Battery,
  netKw: readonly number[],
  spread_kw: readonly number[],
  { carbonKgPerKwh, pricePerKwh }: Outlook,
  rampPerKw: number,
): SiteProblem => {
  const efficiency = oneWayEfficiency(battery.size, 0);
  const power: PowerBySoc = POWER_BY_SOC.map(([soc, ratio]) => [soc, ratio * battery.size.nominalKw]);
  return {
    site,
    connections: [
      {
        connection: site,
        feeder: FEEDER,
        import_limit_kw: UNLIMITED_KW,
        export_limit_kw: UNLIMITED_KW,
        tariff: { import_price_per_kwh: 0, export_price_per_kwh: 0, carbon_kg_per_kwh: carbonKgPerKwh, spread_kw },
      },
    ],
    loads: [{ load: 'load', tier: 'normal', power_kw: netKw.map((kw) => Math.max(0, kw)) }],
    supplies: [
      {
        supply: 'sun',
        available_kw: netKw.map((kw) => Math.max(0, -kw)),
        cost_per_kwh: -MUST_TAKE * (Math.max(...pricePerKwh) + rampPerKw),
      },
    ],
    stores: [
      {
        store: 'battery',
        capacity_kwh: battery.capacityKwh,
        charge_kw: power,
        discharge_kw: power,
        charge_efficiency: efficiency,
        discharge_efficiency: efficiency,
        wear_cost_per_kwh: 0,
        soc_min_ratio: 0,
        soc_max_ratio: 1,
        soc_ratio: battery.soc,
        end_value_per_kwh: LEFT * Math.min(...pricePerKwh),
      },
    ],
    units: [],
    tasks: [],
  };
};
