import type { Random } from '#libs/kernel';
import type { Connection, Feeder, Tariff } from '../problem.js';
import { around, bySlot, draw } from './day.js';

const SITES_A_FEEDER = 4;
const FEEDERS_A_SUBSTATION = 5;
const SUBSTATIONS_AN_INTAKE = 2;

/** Limits above the highest load of the reference day: little for what is shared, more for a connection. */
const SHARED = 1.03;
const OWN = 1.15;

/** Names of what a site hangs on, from its feeder up. */
const above = (site: number): readonly string[] => {
  const feeder = Math.floor(site / SITES_A_FEEDER);
  const substation = Math.floor(feeder / FEEDERS_A_SUBSTATION);
  const intake = Math.floor(substation / SUBSTATIONS_AN_INTAKE);
  return [`feeder ${feeder + 1}`, `substation ${substation + 1}`, `intake ${intake + 1}`];
};

/** Feeders of four sites, substations of five feeders, intakes of two substations. `imports`: kW a slot, by site. */
export const layFeeders = (imports: readonly (readonly number[])[]): readonly Feeder[] => {
  const loads = new Map<string, { readonly parent: string | undefined; readonly kw: number[] }>();
  for (const [site, kw] of imports.entries()) {
    for (const [level, feeder] of above(site).entries()) {
      const known = loads.get(feeder) ?? { parent: above(site)[level + 1], kw: kw.map(() => 0) };
      loads.set(feeder, known);
      kw.forEach((value, slot) => (known.kw[slot] = (known.kw[slot] ?? 0) + value));
    }
  }
  return [...loads].map(([feeder, { parent, kw }]) => ({
    feeder,
    ...(parent === undefined ? {} : { parent }),
    limit_kw: Math.ceil(SHARED * Math.max(...kw)),
  }));
};

/** What a kWh costs all over the event by slot, and what carbon it brings. */
export interface Market {
  readonly price: readonly number[];
  readonly carbon: readonly number[];
}

/** Cheap at night and at noon, dear in the evening; each hour a little different. */
export const drawMarket = (random: Random, slots: number): Market => {
  const hourly = Array.from({ length: 24 }, () => draw(random, 0.9, 1.1));
  return {
    price: bySlot(
      slots,
      (hour) => (0.12 + 0.08 * around(hour, 8.5, 2) + 0.2 * around(hour, 19, 2.5)) * (hourly[Math.floor(hour)] ?? 1),
    ),
    carbon: bySlot(slots, (hour) => 0.28 + 0.1 * around(hour, 19, 4) - 0.08 * around(hour, 13, 3)),
  };
};

/** A site's connection; every tenth has a second, dearer one straight to the substation. `load`: kW a slot of the reference day. */
export const connect = (
  random: Random,
  site: number,
  { price, carbon }: Market,
  load: readonly number[],
): readonly Connection[] => {
  const [fee, sold] = [draw(random, 0.03, 0.08), draw(random, 0.3, 0.6)];
  const most = Math.max(...load);
  const tariff = (more: number): Tariff => ({
    import_price_per_kwh: price.map((value) => value + fee + more),
    export_price_per_kwh: price.map((value) => value * sold),
    carbon_kg_per_kwh: carbon,
  });
  const [feeder = '', substation = ''] = above(site);
  const first: Connection = {
    connection: `connection ${site + 1}`,
    feeder,
    import_limit_kw: Math.ceil(OWN * most),
    export_limit_kw: Math.ceil(0.3 * most),
    tariff: {
      ...tariff(0),
      peaks: [
        {
          from_slot: 0,
          until_slot: load.length,
          price_per_kw: draw(random, 4, 10, 2),
          so_far_kw: Math.round(most * draw(random, 0.85, 1.05)),
        },
      ],
    },
  };
  if (site % 10 !== 9) return [first];
  const second = { connection: `second connection ${site + 1}`, feeder: substation, tariff: tariff(0.04) };
  return [first, { ...second, import_limit_kw: Math.ceil(0.4 * most), export_limit_kw: 0 }];
};
