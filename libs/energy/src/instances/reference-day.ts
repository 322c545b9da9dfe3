import { POWER, valueAt } from '../problem.js';
import { hourOf, isBetween, SLOT_HOURS } from './day.js';
import type { SiteParts } from './draw-site.js';

/** Sun fills batteries between these hours, the evening empties them. */
const FILL = { from: 10, until: 15 } as const;
const EMPTY = { from: 17, until: 21 } as const;

/**
 * Import of a site, kW a slot, where a simple rule drives it: batteries by the clock, tasks evenly through their window, cold as it is asked for. A plan that keeps limits set above it exists therefore.
 * Sun that is left over counts as curtailed, generators as off.
 */
export const referenceImport = ({ loads, supplies, stores, units, tasks }: SiteParts, slots: number): number[] =>
  Array.from({ length: slots }, (_, slot) => {
    let kw = 0;
    for (const { bus = POWER, power_kw } of loads) {
      const chiller = bus === POWER ? undefined : units.find(({ outputs }) => outputs[0]?.bus === bus);
      kw += valueAt(power_kw, slot) / (chiller?.outputs[0]?.per_kw ?? 1);
    }
    for (const { available_kw } of supplies) kw -= valueAt(available_kw, slot);
    for (const { energy_kwh, from_slot, until_slot } of tasks)
      if (slot >= from_slot && slot < until_slot) kw += energy_kwh / ((until_slot - from_slot) * SLOT_HOURS);
    const battery = stores.find(({ bus = POWER }) => bus === POWER);
    if (battery) {
      const [fill, empty] = [FILL.until - FILL.from, EMPTY.until - EMPTY.from];
      const { capacity_kwh, discharge_kw, charge_efficiency, discharge_efficiency, soc_ratio } = battery;
      const most = typeof discharge_kw === 'number' ? discharge_kw : 0;
      const stored = Math.min(0.5 * most * fill * charge_efficiency, (0.9 - soc_ratio) * capacity_kwh);
      if (isBetween(hourOf(slot), FILL.from, FILL.until)) kw += stored / (charge_efficiency * fill);
      if (isBetween(hourOf(slot), EMPTY.from, EMPTY.until)) kw -= (stored * discharge_efficiency) / empty;
    }
    return Math.max(0, kw);
  });
