import { csvOf } from '../data-folder.fixture.js';
import type { Microgrid } from './read-microgrids.js';

/** 10 kWh, 5 kW, no losses, half full, between empty and full; 1 kWh of wear costs 0.01. Load of 2 kW, no sun, no grid. */
export const microgridOf = (
  changes: Partial<Omit<Microgrid, 'hours' | 'battery'>> & {
    readonly battery?: Partial<Microgrid['battery']>;
    readonly hours?: Partial<Microgrid['hours']>;
  } = {},
): Microgrid => {
  const { loadKw = [2, 2, 2] } = changes.hours ?? {};
  const zero = loadKw.map(() => 0);
  return {
    id: '0',
    file: 'mg00.csv',
    unmetPerKwh: 10,
    carbonPerKg: 0.1,
    publishedMpc: null,
    publishedLp: null,
    ...changes,
    battery: {
      capacityKwh: 10,
      chargeKw: 5,
      dischargeKw: 5,
      efficiency: 1,
      socMin: 0,
      socMax: 1,
      soc: 0.5,
      wearPerKwh: 0.01,
      ...changes.battery,
    },
    hours: {
      loadKw,
      pvKw: zero,
      importPrice: zero,
      exportPrice: zero,
      carbonKgPerKwh: zero,
      gridAvailable: zero,
      ...changes.hours,
    },
  };
};

/** Two microgrids as the benchmark stores them, one with a grid and one with a generator, over so many hours. */
export const twoMicrogrids = (hours: number): Readonly<Record<string, string>> => {
  const of = (value: (hour: number) => number): readonly number[] =>
    Array.from({ length: hours }, (_, hour) => value(hour));
  const series = (grid: boolean): string =>
    csvOf({
      hour: of((hour) => hour),
      load_kw: of((hour) => 3 + (hour % 4)),
      pv_kw: of((hour) => (hour % 24 > 8 && hour % 24 < 16 ? 5 : 0)),
      import_price: grid ? of((hour) => (hour % 24 > 15 ? 0.5 : 0.1)) : of(() => 0).map(() => ''),
      export_price: grid ? of(() => 0) : of(() => 0).map(() => ''),
      co2_kg_per_kwh: grid ? of(() => 0.2) : of(() => 0).map(() => ''),
      grid_available: of(() => Number(grid)),
    });
  return {
    'microgrids.csv': `microgrid,Genset,Grid,cost_loss_load,cost_co2,battery_soc_0,battery_power_charge,battery_power_discharge,battery_capacity,battery_efficiency,battery_soc_min,battery_soc_max,battery_cost_cycle,grid_power_import,grid_power_export,genset_rated_power,genset_pmax,fuel_cost,genset_co2,MPC
0,0,1,10,0.1,0.2,5,5,20,0.9,0.2,1,0.02,30,30,NaN,NaN,NaN,NaN,1000
7,1,0,10,0.1,0.2,5,5,20,0.9,0.2,1,0.02,NaN,NaN,10,0.9,0.4,2,NaN
`,
    'mg00.csv': series(true),
    'mg07.csv': series(false),
  };
};
