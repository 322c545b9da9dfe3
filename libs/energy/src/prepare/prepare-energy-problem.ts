import type { Pack, Venue } from '#libs/games';
import type { SlotGrid } from '#libs/kernel';
import type { EnergyProblem, SiteProblem, Store } from '../problem.js';
import { tariffOf } from './tariff.js';

export interface EnergyInputs {
  readonly pack: Pack;
  readonly grid: SlotGrid;
  /** Forecast mean power of each slot, kW, by venue; a venue that is missing draws and gives nothing. */
  readonly loadKw: ReadonlyMap<string, readonly number[]>;
  readonly pvKw: ReadonlyMap<string, readonly number[]>;
  /** Last measured state of charge by venue. A battery of which none is known is left alone: nobody can plan it. */
  readonly socRatio: ReadonlyMap<string, number>;
}

/** The problem of one energy cycle, from forecasts and what was last measured. Live cycles and simulated ones both come through here. */
export const prepareEnergyProblem = ({ pack, grid, loadKw, pvKw, socRatio }: EnergyInputs): EnergyProblem => {
  const nothing = new Array<number>(grid.count).fill(0);
  const tariff = tariffOf(pack, grid);
  return {
    grid,
    currency: pack.games.currency,
    carbon_price_per_kg: pack.energy.carbon_price_per_kg,
    feeders: pack.feeders.map(({ id, limit_kw }) => ({ feeder: id, limit_kw })),
    sites: pack.venues.map(({ id, grid: { feeder, import_limit_kw, export_limit_kw }, battery }): SiteProblem => {
      const charge = socRatio.get(id);
      return {
        site: id,
        connections: [{ connection: id, feeder, import_limit_kw, export_limit_kw, tariff }],
        loads: [{ load: 'load', tier: 'normal', power_kw: loadKw.get(id) ?? nothing }],
        supplies: [{ supply: 'pv', available_kw: pvKw.get(id) ?? nothing }],
        stores: battery && charge !== undefined ? [batteryOf(battery, charge)] : [],
        units: [],
        tasks: [],
      };
    }),
  };
};

const batteryOf = (
  { initial_soc_ratio: _initial, power_kw, ...size }: NonNullable<Venue['battery']>,
  soc_ratio: number,
): Store => ({ store: 'battery', charge_kw: power_kw, discharge_kw: power_kw, ...size, soc_ratio });
