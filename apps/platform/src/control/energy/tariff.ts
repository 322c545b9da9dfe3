import { type Pack, replayOf } from '#libs/games';
import { type SlotGrid, slotStart } from '#libs/kernel';

/** Prices and carbon intensity, one value a slot, as the pack records them. */
export interface Tariff {
  readonly importPrice: readonly number[];
  readonly exportPrice: readonly number[];
  readonly carbonKg: readonly number[];
}

export const tariffOf = (pack: Pack, grid: SlotGrid): Tariff => {
  const held = (series: string): readonly number[] => {
    const at = replayOf(pack, { series, scale: 1, rule: 'hold' });
    return Array.from({ length: grid.count }, (_, slot) => at(slotStart(grid, slot)));
  };
  const importPrice = held(pack.energy.import_price_per_kwh);
  return {
    importPrice,
    exportPrice: importPrice.map((price) => price * pack.energy.export_price_ratio),
    carbonKg: held(pack.energy.carbon_kg_per_kwh),
  };
};
