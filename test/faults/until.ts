import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition. `missing` says what is not reached; it is asked again and again until it says nothing. */
export const until = async (
  what: string,
  missing: () => string | undefined | Promise<string | undefined>,
  seconds: number,
): Promise<void> => {
  const limit = performance.now() + seconds * 1_000;
  for (;;) {
    const left = await missing();
    if (left === undefined) return;
    if (performance.now() > limit) throw new Error(`Not within ${seconds} s: ${what}: ${left}`);
    await delay(100);
  }
};
