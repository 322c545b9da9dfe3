import type { Pack, Venue } from '#libs/games';
import type { SlotGrid } from '#libs/kernel';
import type { BatteryState, EnergyProblem, SiteProblem } from '../problem.js';
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
  return {
    grid,
    ...tariffOf(pack, grid),
    feeders: pack.feeders.map(({ id, limit_kw }) => ({ feeder: id, limit_kw })),
    sites: pack.venues.map(({ id, grid: { feeder, import_limit_kw, export_limit_kw }, battery }): SiteProblem => {
      const charge = socRatio.get(id);
      return {
        site: id,
        feeder,
        import_limit_kw,
        export_limit_kw,
        load_kw: loadKw.get(id) ?? nothing,
        pv_kw: pvKw.get(id) ?? nothing,
        battery: battery && charge !== undefined ? batteryOf(battery, charge) : null,
      };
    }),
  };
};

const batteryOf = (
  { initial_soc_ratio: _initial, ...size }: NonNullable<Venue['battery']>,
  soc_ratio: number,
): BatteryState => ({ ...size, soc_ratio });
