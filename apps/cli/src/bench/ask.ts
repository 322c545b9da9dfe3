import type { Histogram } from './load/histogram.js';
import { BenchError } from './process/bench-error.js';

const ANSWER_MS = 10_000;

/** Asks and counts how long the whole answer took; throws a BenchError for anything but an answer. */
export const ask = async (url: string, times: Histogram): Promise<void> => {
  const begun = performance.now();
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  const text = await response.text();
  times.add(performance.now() - begun);
  if (!response.ok) throw new BenchError(`${url} answers ${response.status}: ${text.slice(0, 200)}`);
};
