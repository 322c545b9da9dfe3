import type { SlotHistory } from '#libs/forecast';
import { type Pack, replayOf } from '#libs/games';
import type { EpochMs, Interval } from '#libs/kernel';
import { MeasuredSeries } from './measured-series.js';
import type { DayWorld, MeanOverTime } from './world/world-changes.js';

interface Counter {
  readonly venue: string;
  readonly point: string;
  readonly mean: MeanOverTime;
  readonly measured: MeasuredSeries;
  /** Of the minute that was counted last. */
  people: number;
}

/** People who pass the gates' counters: as many as the world has, of which planners see what arrives. */
export class Counters {
  readonly #counters = new Map<string, Counter>();

  constructor(
    pack: Pack,
    window: Interval,
    private readonly day: DayWorld,
  ) {
    const { changes } = day;
    for (const { venue, points } of pack.gateways) {
      for (const { id: point, recorded, unit } of points) {
        if (!recorded || unit !== 'people') continue;
        const [mean, scale] = [changes.delayed(venue, replayOf(pack, recorded)), changes.attendanceScale(venue)];
        const measured = new MeasuredSeries(pack, recorded, window);
        const counter = { venue, point, mean: (at: EpochMs) => mean(at) * scale, measured, people: 0 };
        this.#counters.set(`${venue} ${point}`, counter);
      }
    }
  }

  /** Counts the minute that begins at `at`. */
  runMinute(at: EpochMs): void {
    const { world, changes } = this.day;
    for (const counter of this.#counters.values()) {
      const { venue, point, mean, measured } = counter;
      counter.people = world.people(venue, point, at, mean(at));
      if (changes.arrives(venue, point, at)) measured.tell(at, counter.people);
    }
  }

  /** People of the minute that was counted last; 0 where nothing counts. */
  countOf(venue: string, point: string): number {
    return this.#counters.get(`${venue} ${point}`)?.people ?? 0;
  }

  /** People by slot, as far as they have been counted by `now`; undefined where nothing counts. `days`: see `MeasuredSeries`. */
  historyAt(venue: string, point: string, now: EpochMs, slotMs: number, days: boolean): SlotHistory | undefined {
    return this.#counters.get(`${venue} ${point}`)?.measured.historyAt(now, slotMs, 'sum', days);
  }
}
