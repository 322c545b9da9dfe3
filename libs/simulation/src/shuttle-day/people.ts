import type { Random } from '#libs/kernel';

import type { RidePeople } from './demand-day.js';

/** Somebody on a way from the first stop of a ride to where its last one ends. */
export interface Person {
  /** Index of the ride with which the way began. */
  readonly ride: number;
  readonly cameS: number;
  /** Since when he waits where he waits now. */
  sinceS: number;
  /** Waited so far, all stops together, s; up to when the vehicle left each. */
  waitedS: number;
  /** Full vehicles that went his way without him. */
  passed: number;
  /** When the vehicle that took him left his first stop. */
  leftS: number | undefined;
  /** When he was where he wanted to go. */
  arrivedS: number | undefined;
}

export const personOf = (ride: number, cameS: number): Person => ({
  ride,
  cameS,
  sinceS: cameS,
  waitedS: 0,
  passed: 0,
  leftS: undefined,
  arrivedS: undefined,
});

/**
 * When people come whose number in each slot is given as a mean: a Poisson process, even over a slot. Seconds in ascending order, the first slot begins at 0.
 * Slots of 0 or fewer people are empty.
 */
export const drawComing = (meanPeople: readonly number[], slotS: number, random: Random): readonly number[] => {
  const comes: number[] = [];
  // Unit-rate arrivals, stretched by the rate of the slot that they fall into.
  let ahead = -Math.log(1 - random());
  meanPeople.forEach((mean, slot) => {
    let used = 0;
    while (mean > 0 && used + ahead <= mean) {
      used += ahead;
      comes.push((slot + used / mean) * slotS);
      ahead = -Math.log(1 - random());
    }
    if (mean > 0) ahead -= mean - used;
  });
  return comes;
};

/** When people come who have been counted in each slot: each at any instant of his slot, seconds in ascending order. */
export const placeComing = (people: readonly number[], slotS: number, random: Random): readonly number[] =>
  people.flatMap((count, slot) => Array.from({ length: count }, () => (slot + random()) * slotS)).sort((a, b) => a - b);

/** Counts come as often as they say, means as often as chance has it. Who waits at the start came in the slot before it. */
export const comingOf = ({ waiting, arrivals }: RidePeople, slotS: number, random: Random): readonly number[] => {
  const people = [waiting, ...arrivals];
  const draw = people.every(Number.isInteger) ? placeComing : drawComing;
  return draw(people, slotS, random).map((at) => at - slotS);
};
