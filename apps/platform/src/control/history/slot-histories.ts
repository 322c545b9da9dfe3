import { type Measure, type MeasuredStep, type SlotHistory, toHistory } from '#libs/forecast';
import { DAY_MS, epochMs, type EpochMs, floorTo, HOUR_MS } from '#libs/kernel';
import type { ReadingStore } from '#libs/store';

/** Two weeks, so that last week's rule has a week of its own errors. */
const MEMORY_MS = 14 * DAY_MS;
/** Readings may arrive as late as this without being missed; older ones are seen when the memory is read anew. */
const LATE_MS = 2 * HOUR_MS;
/** The whole memory is read anew this often, for what came later still. */
const RENEW_MS = 6 * HOUR_MS;

/** So many series are read at once: others need the database too. */
const LANES = 3;

interface Remembered {
  readonly steps: Map<number, MeasuredStep>;
  readonly renewed: EpochMs;
  upTo: EpochMs;
}

/** The last two weeks of each point in slots, of which only the newest are read again each time. */
export class SlotHistories {
  private readonly memory = new Map<string, Remembered>();
  private readonly lanes: Promise<unknown>[] = Array.from({ length: LANES }, () => Promise.resolve());
  private asked = 0;

  constructor(private readonly readings: Pick<ReadingStore, 'series'>) {}

  /** Whole slots before the one that holds `now`. */
  async load(pointId: number, slotMs: number, measure: Measure, now: EpochMs): Promise<SlotHistory> {
    const end = floorTo(now, slotMs);
    const start = epochMs(end - MEMORY_MS);
    const steps = await this.refresh(`${pointId} ${slotMs}`, pointId, slotMs, start, end);
    return toHistory({ start, slotMs, count: MEMORY_MS / slotMs }, [...steps.values()], measure);
  }

  private async refresh(
    key: string,
    pointId: number,
    slotMs: number,
    start: EpochMs,
    end: EpochMs,
  ): Promise<ReadonlyMap<number, MeasuredStep>> {
    const known = this.memory.get(key);
    const fresh: Remembered =
      known && end - known.renewed < RENEW_MS ? known : { steps: new Map(), renewed: end, upTo: start };
    const from = epochMs(Math.max(start, floorTo(epochMs(fresh.upTo - LATE_MS), slotMs)));
    const steps = await this.inLane(() => this.readings.series(pointId, from, end, slotMs));
    for (const step of steps) fresh.steps.set(step.ts, step);
    for (const ts of fresh.steps.keys()) if (ts < start) fresh.steps.delete(ts);
    fresh.upTo = end;
    this.memory.set(key, fresh);
    return fresh.steps;
  }

  private inLane<T>(read: () => Promise<T>): Promise<T> {
    const lane = this.asked++ % LANES;
    const done = (this.lanes[lane] ?? Promise.resolve()).then(read);
    this.lanes[lane] = done.catch(() => undefined);
    return done;
  }
}
