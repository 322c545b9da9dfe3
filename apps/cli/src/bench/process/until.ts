import { setTimeout as delay } from 'node:timers/promises';

import { BenchError } from './bench-error.js';

const LOOK_MS = 50;

/** Waits until `condition` holds; throws a BenchError after `seconds`. */
export const until = async (
  what: () => string,
  condition: () => boolean | Promise<boolean>,
  seconds: number,
): Promise<void> => {
  const limit = performance.now() + seconds * 1000;
  while (!(await condition())) {
    if (performance.now() > limit) throw new BenchError(`Not within ${seconds} s: ${what()}.`);
    await delay(LOOK_MS);
  }
};
