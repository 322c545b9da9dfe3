import { DataError } from '../data-error.js';
import { readTable, type Table } from '../read-data.js';

/** One microgrid of the benchmark. Series have one value an hour. */
export interface Microgrid {
  readonly id: string;
  /** Of its hours. */
  readonly file: string;
  readonly battery: {
    readonly capacityKwh: number;
    readonly chargeKw: number;
    readonly dischargeKw: number;
    /** Of charging, and again of discharging. */
    readonly efficiency: number;
    readonly socMin: number;
    readonly socMax: number;
    readonly soc: number;
    readonly wearPerKwh: number;
  };
  readonly unmetPerKwh: number;
  readonly carbonPerKg: number;
  /** Absent: it has no connection. */
  readonly grid?: { readonly importKw: number; readonly exportKw: number };
  readonly generator?: { readonly kw: number; readonly costPerKwh: number };
  readonly hours: Hours;
  /** Costs that were published, where they are given: of model predictive control and of the linear program over the whole window. */
  readonly publishedMpc: number | null;
  readonly publishedLp: number | null;
}

/** What every hour brings. Without a grid, prices and carbon are zero. */
export interface Hours {
  readonly loadKw: readonly number[];
  readonly pvKw: readonly number[];
  readonly importPrice: readonly number[];
  readonly exportPrice: readonly number[];
  readonly carbonKgPerKwh: readonly number[];
  /** 0 while the grid is out. */
  readonly gridAvailable: readonly number[];
}

const FILE = 'microgrids.csv';

/** The microgrids of a folder: `microgrids.csv` and a file of hours for each. A DataError says what is missing or malformed, and where. */
export const readMicrogrids = async (folder: string, hours: number): Promise<readonly Microgrid[]> => {
  const table = await readTable(folder, FILE);
  const ids = table.texts('microgrid');
  return Promise.all(
    ids.map(async (id, row) => {
      const file = `mg${id.padStart(2, '0')}.csv`;
      const own = await readTable(folder, file);
      if (own.rows < hours)
        throw new DataError(`${file} in ${folder} has ${own.rows} hours; the window needs ${hours}.`);
      return microgridOf(id, file, row, table, own);
    }),
  );
};

const microgridOf = (id: string, file: string, row: number, table: Table, own: Table): Microgrid => {
  const number = (name: string): number => table.number(name, row);
  const carbonPerKg = number('cost_co2');
  return {
    id,
    file,
    battery: {
      capacityKwh: number('battery_capacity'),
      chargeKw: number('battery_power_charge'),
      dischargeKw: number('battery_power_discharge'),
      efficiency: number('battery_efficiency'),
      socMin: number('battery_soc_min'),
      socMax: number('battery_soc_max'),
      soc: number('battery_soc_0'),
      wearPerKwh: number('battery_cost_cycle'),
    },
    unmetPerKwh: number('cost_loss_load'),
    carbonPerKg,
    ...(number('Grid') > 0
      ? { grid: { importKw: number('grid_power_import'), exportKw: number('grid_power_export') } }
      : {}),
    ...(number('Genset') > 0
      ? {
          generator: {
            kw: number('genset_pmax') * number('genset_rated_power'),
            costPerKwh: number('fuel_cost') + carbonPerKg * number('genset_co2'),
          },
        }
      : {}),
    hours: {
      loadKw: own.numbers('load_kw'),
      pvKw: own.numbers('pv_kw'),
      importPrice: own.numbers('import_price', 0),
      exportPrice: own.numbers('export_price', 0),
      carbonKgPerKwh: own.numbers('co2_kg_per_kwh', 0),
      gridAvailable: own.numbers('grid_available', 0),
    },
    publishedMpc: table.findNumber('MPC', row) ?? null,
    publishedLp: table.findNumber('perfect_foresight_lp', row) ?? null,
  };
};

/** What a kWh from the grid costs in an hour, carbon included. */
export const gridCost = ({ hours, carbonPerKg }: Microgrid, hour: number): number =>
  (hours.importPrice[hour] ?? 0) + (hours.carbonKgPerKwh[hour] ?? 0) * carbonPerKg;
