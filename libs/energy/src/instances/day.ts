import type { Random } from '#libs/kernel';

/** 2026-02-14T06:00 in Milan: a winter's day of sessions. */
export const START_MS = Date.UTC(2026, 1, 14, 5);
const START_HOUR = 6;
export const SLOT_HOURS = 0.25;

/** Hour of the day, 0 to 24, at the start of a slot of 15 minutes. */
export const hourOf = (slot: number): number => (START_HOUR + slot * SLOT_HOURS) % 24;

/** Even in [from, to), to so many digits after the point. */
export const draw = (random: Random, from: number, to: number, digits = 3): number =>
  Number((from + (to - from) * random()).toFixed(digits));

/** One value a slot, to a watt or a hundredth of a cent per MWh. */
export const bySlot = (slots: number, valueAt: (hour: number, slot: number) => number): number[] =>
  Array.from({ length: slots }, (_, slot) => Math.round(valueAt(hourOf(slot), slot) * 1e5) / 1e5);

/** From 0 far away to 1 at an hour of the day, `width` hours wide. */
export const around = (hour: number, peak: number, width: number): number => {
  const apart = Math.abs(hour - peak);
  return Math.exp(-((Math.min(apart, 24 - apart) / width) ** 2));
};

/** 0 to 1: between `from` and `until` o'clock, which may lie past midnight. */
export const isBetween = (hour: number, from: number, until: number): boolean =>
  from <= until ? hour >= from && hour < until : hour >= from || hour < until;
