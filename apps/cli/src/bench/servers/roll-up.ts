import type { Store } from '#libs/store';

/** As often as the control role does it. */
const EVERY_MS = 5_000;

/** Rolls up as the control role does, until the returned function is called. */
export const rollUpMeanwhile = ({ readings }: Pick<Store, 'readings'>): (() => Promise<void>) => {
  let running = Promise.resolve<unknown>(undefined);
  const timer = setInterval(() => {
    running = running.then(() => readings.rollUp({ settled: true }));
    // Told to whoever ends it.
    running.catch(() => undefined);
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
};
