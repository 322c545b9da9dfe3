import { setTimeout as delay } from 'node:timers/promises';

import { errorMessage } from '#libs/kernel';

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

/** What the platform still lacks, as a sentence; undefined when it is ready. */
const findLack = async (url: string, token: string | undefined): Promise<string | undefined> => {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  try {
    const response = await fetch(`${url}/health/ready`, { headers, signal: AbortSignal.timeout(5_000) });
    if (response.ok) return undefined;
    const problem = (await response.json()) as { readonly detail?: string };
    return problem.detail ?? `It answers ${response.status}.`;
  } catch (error) {
    return `It does not answer (${errorMessage(error)}).`;
  }
};

/** Asks this process's own /health/ready until it says yes, and tells every five seconds what it still lacks. Throws a StartError after three minutes in which that was the same. */
export const waitUntilReady = async (url: string, { say, interrupted, token }: Reporter): Promise<void> => {
  let last: string | undefined;
  let changed = Date.now();
  let told = changed;
  while (!interrupted()) {
    const lack = await findLack(url, token);
    if (lack === undefined) return;
    if (lack !== last) changed = Date.now();
    last = lack;
    if (Date.now() - changed > LIMIT_MS)
      throw new StartError(`Not ready after ${LIMIT_MS / 1000} s. ${lack} The warnings above may say why.`);
    if (Date.now() - told > NOTICE_MS) {
      say(`Not ready yet. ${lack}`);
      told = Date.now();
    }
    await delay(LOOK_MS);
  }
};
