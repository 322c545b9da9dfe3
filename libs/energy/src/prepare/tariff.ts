import { type Pack, replayOf } from '#libs/games';
import { type SlotGrid, slotStart } from '#libs/kernel';
import type { Tariff } from '../problem.js';

/** Prices and carbon intensity on a grid, as the pack records them. */
export const tariffOf = (pack: Pack, grid: SlotGrid): Tariff => {
  const held = (series: string): readonly number[] => {
    const at = replayOf(pack, { series, scale: 1, rule: 'hold' });
    return Array.from({ length: grid.count }, (_, slot) => at(slotStart(grid, slot)));
  };
  const { energy } = pack;
  const importPrice = held(energy.import_price_per_kwh);
  return {
    import_price_per_kwh: importPrice,
    export_price_per_kwh: importPrice.map((price) => price * energy.export_price_ratio),
    carbon_kg_per_kwh: held(energy.carbon_kg_per_kwh),
  };
};
