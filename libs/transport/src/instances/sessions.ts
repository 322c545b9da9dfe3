import type { Random } from '#libs/kernel';
import { drawBetween, drawOne, drawWhole } from './draws.js';

/** What happens at a venue within the horizon. Slots may lie past its end. */
export interface Session {
  /** Spectators of the venue who take the shuttles, each way. */
  readonly crowd: number;
  /** A session starts: they come before. */
  readonly startSlot?: number;
  /** A session ends: they leave. */
  readonly end?: {
    readonly slot: number;
    /** When the timetable thinks it ends; earlier where the session overruns. */
    readonly announcedSlot: number;
  };
}

export const drawSession = (random: Random, slots: number): Session => {
  const crowd = random() < 0.3 ? drawBetween(random, 1500, 3500) : drawBetween(random, 300, 1500);
  const kind = drawOne(random, 'ends', 'ends', 'starts', 'starts', 'both');
  const announcedSlot = drawWhole(random, 1, Math.max(1, Math.floor(slots * 0.6)));
  const overrun = random() < 0.1 ? drawWhole(random, 4, 8) : 0;
  const startSlot = drawWhole(random, Math.floor(slots * 0.5), Math.floor(slots * 1.2));
  return {
    crowd,
    ...(kind === 'ends' ? {} : { startSlot }),
    ...(kind === 'starts' ? {} : { end: { slot: announcedSlot + overrun, announcedSlot } }),
  };
};

const BEFORE_SLOTS = 16;
const AFTER_SLOTS = 9;

/** Shares of those who come to a stop in each slot so that they can be there at the start: few early, most in the middle, all `margin` slots before the last chance. */
export const arrivalsBefore = (lastChance: number, slots: number): readonly number[] =>
  curve(slots, lastChance - BEFORE_SLOTS - 1, BEFORE_SLOTS, (place, length) => (place + 1) * (length - place));

/** Shares of those who come to a stop in each slot after the end: at once many, then fewer. */
export const arrivalsAfter = (endSlot: number, slots: number): readonly number[] =>
  curve(slots, endSlot, AFTER_SLOTS, (place, length) => (place + 1) * (length - place) ** 2);

const curve = (
  slots: number,
  from: number,
  length: number,
  weigh: (place: number, length: number) => number,
): readonly number[] => {
  const weights = Array.from({ length }, (_, place) => weigh(place, length));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return Array.from({ length: slots }, (_, slot) => (weights[slot - from] ?? 0) / sum);
};
