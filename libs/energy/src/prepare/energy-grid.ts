import { type EpochMs, floorTo, MINUTE_MS, type SlotGrid } from '#libs/kernel';

/** Slots of an energy plan: the quarter hours over which connections are metered and limits are meant. */
export const ENERGY_SLOT_MS = 15 * MINUTE_MS;
const HORIZON_SLOTS = 96;

/** What a cycle at `now` plans: a day, from the quarter hour under way. */
export const energyGrid = (now: EpochMs): SlotGrid => ({
  start: floorTo(now, ENERGY_SLOT_MS),
  slotMs: ENERGY_SLOT_MS,
  count: HORIZON_SLOTS,
});
