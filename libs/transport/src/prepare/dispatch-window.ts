import { epochMs, type EpochMs, floorTo, HOUR_MS, MINUTE_MS, type SlotGrid } from '#libs/kernel';

/** Slots of dispatch: counts, departures and queues. */
export const DISPATCH_SLOT_MS = 5 * MINUTE_MS;
/** Departures this near are kept as they are: drivers and passengers rely on them. Only a person's override changes them. */
const FREEZE_MS = 10 * MINUTE_MS;
const HORIZON_SLOTS = 36;
/** Queues are followed from this long before now; who came earlier has left or given up. */
export const LOOK_BACK_MS = 3 * HOUR_MS;

export interface DispatchWindow {
  /** The slots to plan. */
  readonly grid: SlotGrid;
  /** From the look-back to the first slot to plan. */
  readonly past: SlotGrid;
  /** From the slot that holds now to the end of the plan: what is forecast. */
  readonly ahead: SlotGrid;
  /** The past and the slots to plan. */
  readonly whole: SlotGrid;
}

/** What a cycle looks at. Without a plan to keep to there is nothing to freeze, and planning starts with the next slot. */
export const dispatchWindow = (now: EpochMs, keepsPlan: boolean): DispatchWindow => {
  const slotMs = DISPATCH_SLOT_MS;
  const current = floorTo(now, slotMs);
  const start = epochMs(floorTo(epochMs(now + (keepsPlan ? FREEZE_MS : 0)), slotMs) + slotMs);
  const lookBack = epochMs(current - LOOK_BACK_MS);
  const gridOf = (from: EpochMs, to: number): SlotGrid => ({ start: from, slotMs, count: (to - from) / slotMs });
  const end = start + HORIZON_SLOTS * slotMs;
  return {
    grid: gridOf(start, end),
    past: gridOf(lookBack, start),
    ahead: gridOf(current, end),
    whole: gridOf(lookBack, end),
  };
};
