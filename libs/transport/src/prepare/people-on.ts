import type { Forecast, SlotHistory } from '#libs/forecast';
import { findSlot, type SlotGrid, slotStart } from '#libs/kernel';

/** People per slot of a grid: as counted where that is known, else as forecast, else none. */
export const peopleOn = (
  grid: SlotGrid,
  counted: SlotHistory,
  forecast: Pick<Forecast, 'grid' | 'values'>,
): readonly number[] =>
  Array.from({ length: grid.count }, (_, slot) => {
    const at = slotStart(grid, slot);
    const past = findSlot(counted.grid, at);
    const measured = past === undefined ? undefined : counted.values[past];
    if (typeof measured === 'number') return measured;
    const ahead = findSlot(forecast.grid, at);
    return (ahead === undefined ? undefined : forecast.values[ahead]) ?? 0;
  });
