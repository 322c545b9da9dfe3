import { z } from 'zod';

import { DataError } from '../data-error.js';
import { readJson, readTable } from '../read-data.js';
import type { BatterySize } from './battery.js';

export interface House {
  readonly house: string;
  readonly battery: BatterySize;
  /** Mean kW by hour. */
  readonly loadKw: readonly number[];
  readonly pvKw: readonly number[];
}

/** Houses behind one meter, hour by hour. */
export interface District {
  readonly hours: number;
  readonly houses: readonly House[];
  readonly pricePerKwh: readonly number[];
  /** What is told in each hour of the price a day later. */
  readonly priceTold: readonly number[];
  readonly carbonKgPerKwh: readonly number[];
}

const schema = z.object({
  buildings: z.record(
    z.string(),
    z.object({
      include: z.boolean(),
      energy_simulation: z.string(),
      carbon_intensity: z.string(),
      pricing: z.string(),
      electrical_storage: z.object({
        attributes: z.object({
          capacity: z.number().positive(),
          nominal_power: z.number().positive(),
          capacity_loss_coefficient: z.number().nonnegative(),
        }),
      }),
      pv: z.object({ attributes: z.object({ nominal_power: z.number().nonnegative() }) }),
    }),
  ),
});

/** The district of a folder as CityLearn stores it. A DataError says what is missing or malformed, and where. */
export const readDistrict = async (folder: string): Promise<District> => {
  const read = schema.safeParse(await readJson(folder, 'schema.json'));
  if (!read.success)
    throw new DataError(`schema.json in ${folder} is not as CityLearn stores it: ${z.prettifyError(read.error)}`);
  const buildings = Object.entries(read.data.buildings).filter(([, { include }]) => include);
  const [first] = buildings;
  if (!first) throw new DataError(`schema.json in ${folder} includes no building.`);
  const pricing = await readTable(folder, first[1].pricing);
  const carbon = await readTable(folder, first[1].carbon_intensity);
  const houses = await Promise.all(
    buildings.map(async ([house, { energy_simulation, electrical_storage, pv }]): Promise<House> => {
      const table = await readTable(folder, energy_simulation);
      const { capacity, nominal_power, capacity_loss_coefficient } = electrical_storage.attributes;
      return {
        house,
        battery: { capacityKwh: capacity, nominalKw: nominal_power, fadeRatio: capacity_loss_coefficient },
        loadKw: table.numbers('non_shiftable_load'),
        pvKw: table.numbers('solar_generation').map((watts) => (watts / 1000) * pv.attributes.nominal_power),
      };
    }),
  );
  const district: District = {
    hours: pricing.rows,
    houses,
    pricePerKwh: pricing.numbers('electricity_pricing'),
    priceTold: pricing.numbers('electricity_pricing_predicted_3'),
    carbonKgPerKwh: carbon.numbers('carbon_intensity'),
  };
  for (const [file, rows] of [
    [first[1].carbon_intensity, carbon.rows],
    ...houses.map(({ house, loadKw }) => [house, loadKw.length] as const),
  ] as const) {
    if (rows !== district.hours)
      throw new DataError(`${file} in ${folder} has ${rows} hours, ${first[1].pricing} ${district.hours}.`);
  }
  return district;
};
