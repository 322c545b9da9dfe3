import { dailyWindows } from '#libs/energy';
import type { Venue } from '#libs/games';
import type { EpochMs, Interval } from '#libs/kernel';

type TaskSpec = NonNullable<Venue['tasks']>[number];

const MINUTE_HOURS = 1 / 60;

/** Daily work. Nobody telling it, it begins with its window and runs until it is done. */
export class TaskPlant {
  readonly #windows: readonly Interval[];
  #open: Interval | undefined;
  #doneKwh = 0;
  #missedKwh = 0;

  constructor(
    readonly spec: TaskSpec,
    timeZone: string,
    day: Interval,
  ) {
    this.#windows = dailyWindows(spec, timeZone, day);
    // What began on the day before went on evenly.
    const begun = this.#windows.find(({ start }) => start < day.start);
    if (!begun) return;
    this.#open = begun;
    this.#doneKwh = (spec.energy_kwh * (day.start - begun.start)) / (begun.end - begun.start);
  }

  /** Runs a minute, by its own or as told; kW. */
  run(at: EpochMs, toldKw: number | undefined): number {
    if (this.#open && at >= this.#open.end) {
      this.#missedKwh += Math.max(0, this.spec.energy_kwh - this.#doneKwh);
      this.#open = undefined;
    }
    const next = this.#windows.find(({ start, end }) => start <= at && at < end);
    if (next && next !== this.#open) {
      this.#open = next;
      this.#doneKwh = 0;
    }
    if (!this.#open) return 0;
    const most = Math.min(this.spec.power_kw, (this.spec.energy_kwh - this.#doneKwh) / MINUTE_HOURS);
    const kw = Math.max(0, Math.min(most, toldKw ?? Infinity));
    this.#doneKwh += kw * MINUTE_HOURS;
    return kw;
  }

  /** In the window that is open. */
  get doneKwh(): number {
    return this.#open ? this.#doneKwh : 0;
  }

  /** What was due and not done in windows that are over. */
  get missedKwh(): number {
    return this.#missedKwh;
  }

  /** What should be done by `at` if it went on evenly, less what is. */
  behindKwh(at: EpochMs): number {
    if (!this.#open) return 0;
    const part = Math.min(1, (at - this.#open.start) / (this.#open.end - this.#open.start));
    return this.spec.energy_kwh * part - this.#doneKwh;
  }
}
