import { type Pack, replayOf } from '#libs/games';
import { type SlotGrid, slotStart } from '#libs/kernel';
import type { EnergyProblem } from '../problem.js';

type Tariff = Pick<
  EnergyProblem,
  'currency' | 'import_price_per_kwh' | 'export_price_per_kwh' | 'carbon_kg_per_kwh' | 'carbon_price_per_kg'
>;

/** Prices and carbon intensity on a grid, as the pack records them. */
export const tariffOf = (pack: Pack, grid: SlotGrid): Tariff => {
  const held = (series: string): readonly number[] => {
    const at = replayOf(pack, { series, scale: 1, rule: 'hold' });
    return Array.from({ length: grid.count }, (_, slot) => at(slotStart(grid, slot)));
  };
  const { energy, games } = pack;
  const importPrice = held(energy.import_price_per_kwh);
  return {
    currency: games.currency,
    import_price_per_kwh: importPrice,
    export_price_per_kwh: importPrice.map((price) => price * energy.export_price_ratio),
    carbon_kg_per_kwh: held(energy.carbon_kg_per_kwh),
    carbon_price_per_kg: energy.carbon_price_per_kg,
  };
};
