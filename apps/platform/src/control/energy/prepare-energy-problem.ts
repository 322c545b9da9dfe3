import type { BatteryState, EnergyProblem, SiteProblem } from '#libs/energy';
import type { Pack, Venue } from '#libs/games';
import type { SlotGrid } from '#libs/kernel';
import type { Tariff } from './tariff.js';

export interface EnergyInputs {
  readonly pack: Pick<Pack, 'games' | 'feeders' | 'venues' | 'energy'>;
  readonly grid: SlotGrid;
  readonly tariff: Tariff;
  /** Forecast mean power of each slot, kW, by venue; a venue that is missing draws and gives nothing. */
  readonly loadKw: ReadonlyMap<string, readonly number[]>;
  readonly pvKw: ReadonlyMap<string, readonly number[]>;
  /** Last measured state of charge by venue. A battery of which none is known is left alone: nobody can plan it. */
  readonly socRatio: ReadonlyMap<string, number>;
}

const batteryOf = ({ battery }: Venue, socRatio: number | undefined): BatteryState | null => {
  if (!battery || socRatio === undefined) return null;
  return {
    capacity_kwh: battery.capacity_kwh,
    power_kw: battery.power_kw,
    charge_efficiency: battery.charge_efficiency,
    discharge_efficiency: battery.discharge_efficiency,
    soc_min_ratio: battery.soc_min_ratio,
    soc_max_ratio: battery.soc_max_ratio,
    wear_cost_per_kwh: battery.wear_cost_per_kwh,
    soc_ratio: socRatio,
  };
};

/** The problem of one energy cycle, from forecasts and what was last measured. */
export const prepareEnergyProblem = (inputs: EnergyInputs): EnergyProblem => {
  const { pack, grid, tariff } = inputs;
  const nothing = new Array<number>(grid.count).fill(0);
  const sites = pack.venues.map((venue): SiteProblem => ({
    site: venue.id,
    feeder: venue.grid.feeder,
    import_limit_kw: venue.grid.import_limit_kw,
    export_limit_kw: venue.grid.export_limit_kw,
    load_kw: inputs.loadKw.get(venue.id) ?? nothing,
    pv_kw: inputs.pvKw.get(venue.id) ?? nothing,
    battery: batteryOf(venue, inputs.socRatio.get(venue.id)),
  }));
  return {
    grid,
    currency: pack.games.currency,
    import_price_per_kwh: tariff.importPrice,
    export_price_per_kwh: tariff.exportPrice,
    carbon_kg_per_kwh: tariff.carbonKg,
    carbon_price_per_kg: pack.energy.carbon_price_per_kg,
    feeders: pack.feeders.map(({ id, limit_kw }) => ({ feeder: id, limit_kw })),
    sites,
  };
};
