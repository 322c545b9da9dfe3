import type { Venue } from '#libs/games';
import { MINUTE_MS } from '#libs/kernel';
import type { Unit } from '../problem.js';
import { POWER } from '../problem.js';
import { assetKey, type EnergyInputs } from './energy-inputs.js';
import { slotsOf } from './time-slots.js';

/** A venue's generators of which it is known whether they run, and which are not out of order throughout. */
export const prepareGenerators = (
  { grid, measured, outages = [] }: EnergyInputs,
  { id: venue, generators = [] }: Venue,
): readonly Unit[] =>
  generators.flatMap(({ id, capacity_kw, min_kw, start_cost, stop_cost, min_up_minutes, min_down_minutes, fuel }) => {
    const running = measured?.running.get(assetKey(venue, id));
    const own = outages.filter((outage) => outage.of === 'generator' && outage.id === assetKey(venue, id));
    const out = slotsOf(
      grid,
      own.map(({ from, until }) => ({ start: from, end: until })),
    );
    if (!running || out.length === grid.count) return [];
    const slots = (minutes: number): number => Math.ceil((minutes * MINUTE_MS) / grid.slotMs);
    const { curve, price, carbon_kg, on_hand } = fuel;
    return {
      unit: id,
      capacity_kw:
        out.length === 0
          ? capacity_kw
          : Array.from({ length: grid.count }, (_, slot) => (out.includes(slot) ? 0 : capacity_kw)),
      outputs: [{ bus: POWER, per_kw: 1 }],
      inputs: [],
      cost_per_kwh: 0,
      fuel: { curve, price, carbon_kg, ...(on_hand !== undefined && { on_hand }) },
      commitment: {
        min_kw,
        start_cost,
        stop_cost,
        min_up_slots: slots(min_up_minutes),
        min_down_slots: slots(min_down_minutes),
        on: running.on && out[0] !== 0,
        // What breaks down keeps to no least time.
        slots_so: out.length === 0 ? running.slots : grid.count,
      },
    };
  });
