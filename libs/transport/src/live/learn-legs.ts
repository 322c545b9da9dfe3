import type { LegTimes } from './leg-times.js';
import type { Passage } from './passages.js';
import {
  type CallBoarding,
  expectedDwell,
  expectedRun,
  type PatternTimes,
  scheduledDwell,
  scheduledRun,
} from './trip-plan.js';

/** What the next arrival is measured from, and what the trip did so far. */
export interface LearnMemory {
  /** From an arrival the call at its stop is in between. */
  readonly anchor?: Passage;
  readonly arrived?: Passage;
  readonly pace: { readonly ratio: number; readonly legs: number };
}

export const NOTHING_LEARNT: LearnMemory = { pace: { ratio: 1, legs: 0 } };

export interface LearnInputs {
  readonly times: PatternTimes;
  readonly legTimes: LegTimes;
  readonly hourOf: (ms: number) => number;
  /** Of the trip. Absent: nobody knows whom to expect. */
  readonly boardingAt?: CallBoarding;
}

/** Times are only learnt from when the moments of both ends together are known better than this share of them. */
const SHARPNESS = 0.5;

/**
 * Takes a passage in. From an arrival to the departure there is a call, from a departure to an arrival there is driving: of one leg when positions come often. When they
 * come seldom it is several legs and calls together; each leg then has its part of the weight, and calls are taken to be as long as expected.
 */
export const learnPassage = (memory: LearnMemory, passage: Passage, inputs: LearnInputs): LearnMemory =>
  passage.kind === 'departure' ? leave(memory, passage, inputs) : arrive(memory, passage, inputs);

const isSharp = (a: Passage, b: Passage, seconds: number): boolean =>
  (a.within_ms + b.within_ms) / 2000 <= SHARPNESS * seconds;

const leave = (
  memory: LearnMemory,
  passage: Passage,
  { times, legTimes, hourOf, boardingAt }: LearnInputs,
): LearnMemory => {
  const { stop, at_ms } = passage;
  const { arrived, anchor } = memory;
  const prior_s = scheduledDwell(times, stop);
  if (arrived?.stop !== stop || !isSharp(arrived, passage, prior_s)) return { ...memory, anchor: anchor ?? passage };
  const stoodS = Math.max(1, (at_ms - arrived.at_ms) / 1000);
  const call = { stop: times[stop]?.stop ?? '', hour: hourOf(at_ms), prior_s };
  const boarding = boardingAt?.(stop);
  legTimes.observeDwell(call, stoodS);
  if (boarding) legTimes.observeDoors(call, stoodS - boarding.seconds);
  return anchor === arrived ? { ...memory, anchor: passage } : memory;
};

const arrive = (
  memory: LearnMemory,
  passage: Passage,
  { times, legTimes, hourOf, boardingAt }: LearnInputs,
): LearnMemory => {
  const { anchor } = memory;
  if (!anchor) return { ...memory, anchor: passage, arrived: passage };
  if (anchor.stop >= passage.stop) return memory;
  const hour = hourOf(passage.at_ms);
  const legs = Array.from({ length: passage.stop - anchor.stop }, (_, index) => anchor.stop + index);
  const calls = anchor.kind === 'arrival' ? legs : legs.slice(1);
  const calledS = calls.reduce(
    (sum, stop) => sum + expectedDwell(legTimes, times, stop, hour, boardingAt?.(stop)).seconds,
    0,
  );
  const drivenS = (passage.at_ms - anchor.at_ms) / 1000 - calledS;
  const scheduledS = legs.reduce((sum, leg) => sum + scheduledRun(times, leg), 0);
  // Too coarse for these legs: together with the next ones it may be enough.
  if (!isSharp(anchor, passage, scheduledS)) return { ...memory, arrived: passage };
  const expectedS = legs.reduce((sum, leg) => sum + expectedRun(legTimes, times, leg, hour).seconds, 0);
  for (const leg of legs) {
    const [from, to] = [times[leg]?.stop ?? '', times[leg + 1]?.stop ?? ''];
    const prior_s = scheduledRun(times, leg);
    legTimes.observeRun({ from, to, hour, prior_s }, (prior_s * drivenS) / scheduledS, 1 / legs.length);
  }
  const { ratio, legs: before } = memory.pace;
  const own = Math.min(3, Math.max(0.3, drivenS / expectedS));
  const total = before + legs.length;
  return {
    anchor: passage,
    arrived: passage,
    pace: { ratio: (ratio * before + own * legs.length) / total, legs: total },
  };
};
