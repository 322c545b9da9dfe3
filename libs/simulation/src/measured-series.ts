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
  /** The days before, by length of a slot. */
  readonly #bySlot = new Map<number, Slots>();

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

  /** What is known at `now`; it and the day begin on a slot's start. `days`: with those before; else they were empty. */
  historyAt(now: EpochMs, slotMs: number, measure: Measure, days = true): SlotHistory {
    const start = epochMs(now - HISTORY_MS);
    const count = HISTORY_MS / slotMs;
    const first = (start - this.window.start) / slotMs;
    const minutes = slotMs / MINUTE_MS;
    const before = this.#slotsBefore(slotMs);
    const length = before.sums.length;
    const valueOf = (sum: number, known: number): number | null => {
      if (known === 0) return null;
      return measure === 'mean' ? sum / known : sum;
    };
    const values = new Array<number | null>(count).fill(days ? null : 0);
    for (let index = 0; index < count; index += 1) {
      const slot = first + index;
      if (slot >= 0) {
        const { sum, known } = sumOf(this.#today, slot * minutes, (slot + 1) * minutes);
        values[index] = valueOf(sum, known);
      } else if (days) {
        values[index] = valueOf(before.sums[length + slot] ?? 0, before.known[length + slot] ?? 0);
      }
    }
    return { grid: { start, slotMs, count }, values };
  }

  /** The days before, slot by slot: added up once. */
  #slotsBefore(slotMs: number): Slots {
    const known = this.#bySlot.get(slotMs);
    if (known) return known;
    const minutes = slotMs / MINUTE_MS;
    const count = this.#before.length / minutes;
    const slots = { sums: new Float64Array(count), known: new Uint16Array(count) };
    for (let slot = 0; slot < count; slot += 1) {
      const own = sumOf(this.#before, slot * minutes, (slot + 1) * minutes);
      slots.sums[slot] = own.sum;
      slots.known[slot] = own.known;
    }
    this.#bySlot.set(slotMs, slots);
    return slots;
  }
}

/** Sum of the minutes that are known, and how many are. */
interface Slots {
  readonly sums: Float64Array;
  readonly known: Uint16Array;
}

const sumOf = (values: Float64Array, from: number, until: number): { readonly sum: number; readonly known: number } => {
  let [sum, known] = [0, 0];
  for (let minute = from; minute < until; minute += 1) {
    const value = values[minute] ?? NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  return { sum, known };
};

/** The recorded series behind a venue's point of this kind. */
export const findRecorded = (pack: Pack, venue: string, kind: Point['kind']): RecordedRule | undefined =>
  pack.gateways
    .filter((gateway) => gateway.venue === venue)
    .flatMap(({ points }) => points)
    .find((point) => point.kind === kind)?.recorded;
