import { csvOf } from '../data-folder.fixture.js';

const hoursOf = (hours: number, of: (hour: number) => number): readonly number[] =>
  Array.from({ length: hours }, (_, hour) => of(hour));

/** Two houses as CityLearn stores them: load by day and evening, sun at noon, dear evenings told a day ahead. */
export const twoHouses = (hours: number): Readonly<Record<string, string | object>> => {
  const price = (hour: number): number => (hour % 24 >= 16 && hour % 24 < 21 ? 0.5 : 0.2);
  const building = (name: string, pv: number) => ({
    include: true,
    energy_simulation: name,
    carbon_intensity: 'carbon.csv',
    pricing: 'prices.csv',
    electrical_storage: { attributes: { capacity: 6.4, nominal_power: 5, capacity_loss_coefficient: 1e-5 } },
    pv: { attributes: { nominal_power: pv } },
  });
  const house = (load: number): string =>
    csvOf({
      non_shiftable_load: hoursOf(hours, (hour) => load * (hour % 24 >= 17 ? 2 : 0.6)),
      solar_generation: hoursOf(hours, (hour) => 700 * Math.max(0, Math.sin(((hour % 24) - 6) * (Math.PI / 12)))),
    });
  return {
    'schema.json': { buildings: { North: building('north.csv', 4), South: building('south.csv', 2) } },
    'north.csv': house(1),
    'south.csv': house(1.4),
    'carbon.csv': csvOf({ carbon_intensity: hoursOf(hours, (hour) => (hour % 24 < 12 ? 0.1 : 0.2)) }),
    'prices.csv': csvOf({
      electricity_pricing: hoursOf(hours, price),
      electricity_pricing_predicted_3: hoursOf(hours, price),
    }),
  };
};
