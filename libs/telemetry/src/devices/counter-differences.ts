import { type EpochMs, fail, ok, type Result } from '#libs/kernel';

import { type CounterLimits, type CounterReading, differ, type Difference, type NoDifference } from './counter.js';

/** Readings remembered with what they gave, so that a message that is delivered again gives the same again. */
const REMEMBERED = 256;

export interface DifferenceLimits extends CounterLimits {
  /** Readings closer together are gathered into one difference: the counter's smallest step over a moment would show as a spike. */
  readonly minGapMs: number;
}

type Outcome = Result<Difference, NoDifference | 'too_soon' | 'ahead'>;

interface Remembered {
  readonly reading: CounterReading;
  readonly outcome: Outcome;
}

/**
 * The differences of one counter, in the order of time. Taking a reading twice changes nothing and gives the same twice, as long as it is one of
 * the last 256: what was decoded and not committed may come again. A late reading that was not seen before gives no difference.
 */
export class CounterDifferences {
  readonly #limits: DifferenceLimits;
  readonly #recent: Remembered[] = [];
  #newest: CounterReading | undefined;
  /** Where the difference that is being gathered began, and its energy so far. */
  #since = 0;
  #gatheredKwh = 0;
  /** The value that the counter fell from at a reset. */
  #fell: number | undefined;
  #interrupted = false;

  /** `last` is the newest reading that is stored of the counter: differences go on from there. */
  constructor(limits: DifferenceLimits, last?: CounterReading) {
    this.#limits = limits;
    if (last) this.#begin(last);
  }

  /** `now` is event time: what is ahead of it by more than a gap would keep everything after it from being newer. */
  add(reading: CounterReading, now: EpochMs): Outcome {
    const latest = now + this.#limits.maxGapMs;
    if (reading.ts > latest) return fail('ahead');
    if (this.#newest && this.#newest.ts > latest) this.#newest = undefined;
    if (this.#newest && reading.ts <= this.#newest.ts) return this.#recall(reading);
    const outcome = this.#take(reading);
    this.#recent.push({ reading, outcome });
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
    return outcome;
  }

  /** A reading that is not to be believed was shown at `ts`: the next begins anew. */
  interrupt(ts: EpochMs): void {
    if (this.#newest && ts > this.#newest.ts) this.#interrupted = true;
  }

  #take(reading: CounterReading): Outcome {
    if (this.#interrupted) {
      this.#begin(reading);
      return fail('first');
    }
    const step = differ(this.#newest, reading, this.#limits);
    if (!step.ok) {
      if (step.error === 'reset') this.#fell = Math.max(this.#fell ?? -Infinity, this.#newest?.value ?? -Infinity);
      this.#begin(reading);
      return step;
    }
    // A device that showed 0 while it started, and then its old total: what lies between was not used now.
    if (this.#fell !== undefined && reading.value >= this.#fell) {
      this.#fell = undefined;
      this.#begin(reading);
      return fail('reset');
    }
    this.#newest = reading;
    this.#gatheredKwh += step.value.energyKwh;
    const gatheredMs = reading.ts - this.#since;
    if (gatheredMs < this.#limits.minGapMs) return fail('too_soon');
    const difference = { energyKwh: this.#gatheredKwh, seconds: gatheredMs / 1000 };
    this.#begin(reading);
    return ok(difference);
  }

  #begin(reading: CounterReading): void {
    this.#newest = reading;
    this.#since = reading.ts;
    this.#gatheredKwh = 0;
    this.#interrupted = false;
  }

  #recall({ ts, value }: CounterReading): Outcome {
    const known = this.#recent.findLast(({ reading }) => reading.ts <= ts);
    return known?.reading.ts === ts && known.reading.value === value ? known.outcome : fail('not_newer');
  }
}
