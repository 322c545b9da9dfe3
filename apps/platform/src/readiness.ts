import { setTimeout as delay } from 'node:timers/promises';

import { StartError } from './probes.js';

const LIMIT_MS = 180_000;
const NOTICE_MS = 5_000;
const LOOK_MS = 200;

interface Reporter {
  readonly say: (line: string) => void;
  readonly interrupted: () => boolean;
  /** Shown to the platform's own entrance when it asks for one. */
  readonly token: string | undefined;
}

/** Asks this process's own /health/ready until it says yes, and tells every five seconds what it still lacks. Throws a StartError after three minutes. */
export const waitUntilReady = async (url: string, { say, interrupted, token }: Reporter): Promise<void> => {
  const started = Date.now();
  let told = started;
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  while (!interrupted()) {
    const response = await fetch(`${url}/health/ready`, { headers, signal: AbortSignal.timeout(5_000) });
    const text = await response.text();
    if (response.ok) return;
    if (Date.now() - started > LIMIT_MS)
      throw new StartError(`Not ready after ${LIMIT_MS / 1000} s: ${text}. See the warnings above.`);
    if (Date.now() - told > NOTICE_MS) {
      say(`Waiting: ${text}`);
      told = Date.now();
    }
    await delay(LOOK_MS);
  }
};
