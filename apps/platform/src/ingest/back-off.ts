import { errorMessage } from '#libs/kernel';
import type { Persist } from './write-inbound.js';

const FIRST_MS = 100;
const MOST_MS = 5_000;

export interface BackOffOptions {
  /** Errors that come again with the same values. */
  readonly isFinal: (error: unknown) => boolean;
  readonly onFailing: (line: string) => void;
  readonly onRecovered: () => void;
  /** Aborted when there is no more time. */
  readonly signal: AbortSignal;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

/** Tries until it works, 100 ms and then up to 5 s apart. Says so once, and once when it is over. */
export const persistWith =
  ({ isFinal, onFailing, onRecovered, signal }: BackOffOptions): Persist =>
  async (attempt) => {
    for (let wait = FIRST_MS; ; wait = Math.min(wait * 2, MOST_MS)) {
      try {
        const value = await attempt();
        if (wait > FIRST_MS) onRecovered();
        return value;
      } catch (error) {
        if (isFinal(error) || signal.aborted) throw error;
        if (wait === FIRST_MS) onFailing(errorMessage(error));
        await pause(wait, signal);
      }
    }
  };
