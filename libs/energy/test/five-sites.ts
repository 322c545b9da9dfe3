import { epochMs, seededRandom } from '#libs/kernel';
import type { EnergyProblem, SiteProblem } from '../src/index.js';

const SITES = ['library', 'sun_dome', 'wellness', 'health', 'engineering'];

/** Five sites with PV and batteries on two feeders, 15 min slots from midnight: a day of evening peaks, sun at noon and a tariff of two steps. */
export const fiveSites = (slots = 96): EnergyProblem => {
  const random = seededRandom(5);
  const hourOf = (slot: number): number => ((slot * 24) / 96) % 24;
  const series = (valueAt: (hour: number) => number): number[] =>
    Array.from({ length: slots }, (_, slot) => Math.round(valueAt(hourOf(slot)) * 1000) / 1000);
  const price = series((hour) => (hour >= 15 && hour < 21 ? 0.54 : 0.22));
  const carbon = series((hour) => 0.25 - 0.1 * Math.sin((hour / 24) * Math.PI));
  const sites = SITES.map((site, at): SiteProblem => {
    const size = 60 + 40 * at;
    return {
      site,
      connections: [
        {
          connection: site,
          feeder: at < 3 ? 'north' : 'south',
          import_limit_kw: size * 1.6,
          export_limit_kw: size * 0.3,
          tariff: {
            import_price_per_kwh: price,
            export_price_per_kwh: price.map((value) => value * 0.4),
            carbon_kg_per_kwh: carbon,
          },
        },
      ],
      loads: [
        {
          load: 'load',
          tier: 'normal',
          power_kw: series((hour) => size * (0.6 + 0.7 * Math.exp(-((hour - 18) ** 2) / 8) + 0.2 * random())),
        },
      ],
      supplies: [
        {
          supply: 'pv',
          available_kw: series((hour) =>
            Math.max(0, size * Math.sin(((hour - 6) / 12) * Math.PI) * (0.8 + 0.2 * random())),
          ),
        },
      ],
      stores: [
        {
          store: 'battery',
          capacity_kwh: size * 2,
          charge_kw: size / 2,
          discharge_kw: size / 2,
          charge_efficiency: 0.95,
          discharge_efficiency: 0.95,
          soc_min_ratio: 0.1,
          soc_max_ratio: 0.95,
          wear_cost_per_kwh: 0.01,
          soc_ratio: 0.2 + 0.15 * at,
        },
      ],
      units: [],
      tasks: [],
    };
  });
  return {
    grid: { start: epochMs(1_767_657_600_000), slotMs: 900_000, count: slots },
    currency: 'USD',
    carbon_price_per_kg: 0.05,
    feeders: [
      { feeder: 'north', limit_kw: 290 },
      { feeder: 'south', limit_kw: 450 },
    ],
    sites,
  };
};
