import type { Measure, SlotHistory } from '#libs/forecast';
import { minuteValues, type Pack, type Point, type RecordedRule } from '#libs/games';
import { DAY_MS, type EpochMs, epochMs, type Interval, MINUTE_MS } from '#libs/kernel';

/** A week and a day: what forecasts look back to. */
const HISTORY_MS = 8 * DAY_MS;

/** What a sensor tells of a day, minute by minute, and what the recording has of the days before. */
export class MeasuredSeries {
  readonly #before: Float64Array;
  /** NaN: nothing arrived. */
  readonly #today: Float64Array;

  constructor(
    pack: Pack,
    recorded: RecordedRule,
    private readonly window: Interval,
  ) {
    this.#before = Float64Array.from(minuteValues(pack, recorded, epochMs(window.start - HISTORY_MS), window.start));
    this.#today = new Float64Array((window.end - window.start) / MINUTE_MS).fill(NaN);
  }

  /** The minute that begins at `at`. */
  tell(at: EpochMs, value: number): void {
    this.#today[(at - this.window.start) / MINUTE_MS] = value;
  }

  /** What is known at `now`, a slot's start. `days`: with those before; else they were empty. */
  historyAt(now: EpochMs, slotMs: number, measure: Measure, days = true): SlotHistory {
    const start = epochMs(now - HISTORY_MS);
    const count = HISTORY_MS / slotMs;
    const minutes = slotMs / MINUTE_MS;
    const first = (start - this.window.start) / MINUTE_MS;
    const values = Array.from({ length: count }, (_, slot) => {
      let [sum, known] = [0, 0];
      for (let minute = first + slot * minutes; minute < first + (slot + 1) * minutes; minute += 1) {
        const value = minute < 0 ? this.#beforeAt(minute, days) : (this.#today[minute] ?? NaN);
        if (Number.isNaN(value)) continue;
        sum += value;
        known += 1;
      }
      if (known === 0) return null;
      return measure === 'mean' ? sum / known : sum;
    });
    return { grid: { start, slotMs, count }, values };
  }

  #beforeAt(minute: number, days: boolean): number {
    return days ? (this.#before[this.#before.length + minute] ?? NaN) : 0;
  }
}

/** The recorded series behind a venue's point of this kind. */
export const findRecorded = (pack: Pack, venue: string, kind: Point['kind']): RecordedRule | undefined =>
  pack.gateways
    .filter((gateway) => gateway.venue === venue)
    .flatMap(({ points }) => points)
    .find((point) => point.kind === kind)?.recorded;
