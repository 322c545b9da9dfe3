import { findResidentMb } from './proc.js';

const EVERY_MS = 1_000;
const MS_PER_MINUTE = 60_000;

export interface MemorySample {
  readonly atMs: number;
  readonly mb: number;
}

/** MB a minute, the least-squares line through the samples; 0 with fewer than two. */
export const slopeOf = (samples: readonly MemorySample[]): number => {
  const count = samples.length;
  const mean = (of: (sample: MemorySample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / count;
  const [middle, level] = [mean(({ atMs }) => atMs), mean(({ mb }) => mb)];
  const spread = samples.reduce((sum, { atMs }) => sum + (atMs - middle) ** 2, 0);
  if (spread === 0 || count < 2) return 0;
  const together = samples.reduce((sum, { atMs, mb }) => sum + (atMs - middle) * (mb - level), 0);
  return (together / spread) * MS_PER_MINUTE;
};

/** Resident memory of a process once a second. */
export class MemoryWatch {
  readonly samples: MemorySample[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.#timer = setInterval(() => {
      const mb = findResidentMb(pid);
      if (mb !== undefined) this.samples.push({ atMs: performance.now(), mb });
    }, EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get highestMb(): number {
    return this.samples.reduce((most, { mb }) => Math.max(most, mb), 0);
  }
}
