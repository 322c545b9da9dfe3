import { type Pack, replayOf } from '#libs/games';
import { type SlotGrid, slotStart, toCivil } from '#libs/kernel';
import type { PeakCharge, Tariff } from '../problem.js';

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

/** A peak charge by calendar month: of the month of the grid's start with what it has reached, of a month that begins within the grid from nothing. */
export const monthPeaks = (
  grid: SlotGrid,
  timeZone: string,
  price_per_kw: number,
  soFarKw: number,
): readonly PeakCharge[] => {
  const months = Array.from({ length: grid.count }, (_, slot) =>
    new Date(toCivil(timeZone, slotStart(grid, slot))).getUTCMonth(),
  );
  const starts = [...months.keys()].filter((slot) => slot === 0 || months[slot] !== months[slot - 1]);
  return starts.map((from_slot, at) => ({
    from_slot,
    until_slot: starts[at + 1] ?? grid.count,
    price_per_kw,
    so_far_kw: at === 0 ? soFarKw : 0,
  }));
};
