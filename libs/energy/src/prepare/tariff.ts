import { type Pack, replayOf } from '#libs/games';
import { type EpochMs, fromCivil, type SlotGrid, slotStart, toCivil } from '#libs/kernel';
import type { PeakCharge, Tariff } from '../problem.js';
import type { ReachedPeak } from './energy-inputs.js';

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

/**
 * A peak charge by calendar month, over the slots of each month: what the month of the grid's start has reached is sunk, a month that begins within the grid has reached nothing. Up to what a
 * month usually reaches, a kW is priced by the part of the month's rest that the grid covers: to save it, every day that is left has to do without it. Above, it costs its whole price.
 */
export const monthPeaks = (
  grid: SlotGrid,
  timeZone: string,
  price: number,
  reached: ReachedPeak | undefined,
): readonly PeakCharge[] => {
  const months = Array.from({ length: grid.count }, (_, slot) => monthOf(timeZone, slotStart(grid, slot)));
  const starts = [...months.keys()].filter((slot) => slot === 0 || months[slot] !== months[slot - 1]);
  return starts.flatMap((from_slot, at) => {
    const until_slot = starts[at + 1] ?? grid.count;
    const rest = fromCivil(timeZone, monthStart((months[from_slot] ?? 0) + 1)) - slotStart(grid, from_slot);
    const part = price * Math.min(1, ((until_slot - from_slot) * grid.slotMs) / rest);
    const so_far_kw = at === 0 ? (reached?.month_kw ?? 0) : 0;
    const usual_kw = Math.max(so_far_kw, reached?.usual_kw ?? Infinity);
    return [
      { from_slot, until_slot, price_per_kw: part, so_far_kw },
      ...(part < price && usual_kw < Infinity
        ? [{ from_slot, until_slot, price_per_kw: price - part, so_far_kw: usual_kw }]
        : []),
    ];
  });
};

/** Calendar months since the year 0. */
const monthOf = (timeZone: string, at: EpochMs): number => {
  const civil = new Date(toCivil(timeZone, at));
  return civil.getUTCFullYear() * 12 + civil.getUTCMonth();
};

/** Civil midnight at which a month begins. */
const monthStart = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12);
