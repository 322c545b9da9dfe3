import type { LegTimes } from './leg-times.js';
import type { Passage } from './passages.js';
import { expectedDwell, expectedRun, type PatternTimes, scheduledDwell, scheduledRun } from './trip-plan.js';

/** The departure that the next arrival is measured from, and what the trip did so far. */
export interface LearnMemory {
  readonly left?: Passage;
  readonly arrived?: Passage;
  readonly pace: { readonly ratio: number; readonly legs: number };
}

export const NOTHING_LEARNT: LearnMemory = { pace: { ratio: 1, legs: 0 } };

export interface LearnInputs {
  readonly times: PatternTimes;
  readonly legTimes: LegTimes;
  readonly hourOf: (ms: number) => number;
}

/** Times are only learnt from when the moments of both ends together are known better than this share of them. */
const SHARPNESS = 0.5;

/**
 * Takes a passage in. From a departure to an arrival is driving: of one leg when positions come often, of several together when they come seldom, each then
 * with its part of the weight. From an arrival to the departure there is a call.
 */
export const learnPassage = (memory: LearnMemory, passage: Passage, inputs: LearnInputs): LearnMemory => {
  const { times, legTimes, hourOf } = inputs;
  const hour = hourOf(passage.at_ms);
  if (passage.kind === 'departure') {
    const { arrived } = memory;
    const isSame = arrived?.stop === passage.stop;
    const stoodS = isSame ? (passage.at_ms - arrived.at_ms) / 1000 : 0;
    const prior_s = scheduledDwell(times, passage.stop);
    if (isSame && (arrived.within_ms + passage.within_ms) / 2000 <= SHARPNESS * prior_s)
      legTimes.observeDwell({ stop: times[passage.stop]?.stop ?? '', hour, prior_s }, stoodS);
    return { ...memory, left: memory.left ?? passage };
  }
  const arrived = { ...memory, arrived: passage };
  const { left } = memory;
  if (!left || left.stop >= passage.stop) return arrived;
  const legs = Array.from({ length: passage.stop - left.stop }, (_, index) => left.stop + index);
  const calledS = legs.slice(1).reduce((sum, stop) => sum + expectedDwell(legTimes, times, stop, hour, 0).seconds, 0);
  const drivenS = (passage.at_ms - left.at_ms) / 1000 - calledS;
  const scheduledS = legs.reduce((sum, leg) => sum + scheduledRun(times, leg), 0);
  // Too coarse for these legs: together with the next ones it may be enough.
  if ((left.within_ms + passage.within_ms) / 2000 > SHARPNESS * scheduledS) return arrived;
  const expectedS = legs.reduce((sum, leg) => sum + expectedRun(legTimes, times, leg, hour).seconds, 0);
  for (const leg of legs) {
    const [from, to] = [times[leg]?.stop ?? '', times[leg + 1]?.stop ?? ''];
    const prior_s = scheduledRun(times, leg);
    legTimes.observeRun({ from, to, hour, prior_s }, (prior_s * drivenS) / scheduledS, 1 / legs.length);
  }
  const { ratio, legs: before } = memory.pace;
  const own = Math.min(3, Math.max(0.3, drivenS / expectedS));
  const total = before + legs.length;
  return { arrived: passage, pace: { ratio: (ratio * before + own * legs.length) / total, legs: total } };
};
