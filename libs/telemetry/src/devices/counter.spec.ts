import { describe, expect, it } from '@jest/globals';
import { epochMs, fail, MINUTE_MS, ok } from '#libs/kernel';

import { type CounterReading, differ } from './counter.js';

/** A counter's reading at a minute. */
const at = (minute: number, value: number): CounterReading => ({ ts: epochMs(minute * MINUTE_MS), value });
const limits = { maxGapMs: 15 * MINUTE_MS };
const rolling = { ...limits, rolloverAt: 1000 };

describe('differ', () => {
  it('is the energy between two readings and its time', () => {
    expect(differ(at(0, 100), at(1, 100.5), limits)).toEqual(ok({ energyKwh: 0.5, seconds: 60 }));
    expect(differ(at(0, 100), at(1, 100), limits)).toEqual(ok({ energyKwh: 0, seconds: 60 }));
  });

  it.each([
    ['there is none before', undefined, at(1, 100), 'first'],
    ['the other is older', at(2, 100), at(1, 99), 'not_newer'],
    ['both are of the same time', at(1, 100), at(1, 100), 'not_newer'],
    ['the counter fell', at(0, 100), at(1, 0.2), 'reset'],
    ['there was a silence', at(0, 100), at(16, 101), 'gap'],
  ])('is none when %s', (_name, previous, next, reason) => {
    expect(differ(previous, next, limits)).toEqual(fail(reason));
  });

  it('goes over the end of a counter that rolls over', () => {
    expect(differ(at(0, 999), at(1, 2), rolling)).toEqual(ok({ energyKwh: 3, seconds: 60 }));
    expect(differ(at(0, 900), at(1, 100), rolling)).toEqual(ok({ energyKwh: 200, seconds: 60 }));
  });

  it.each([
    ['from below its last tenth', 899, 2],
    ['to above its first tenth', 999, 101],
    ['from beyond its end', 1001, 2],
    ['to below 0', 999, -1],
  ])('takes a fall %s for a reset all the same', (_name, previous, next) => {
    expect(differ(at(0, previous), at(1, next), rolling)).toEqual(fail('reset'));
  });

  it('takes no fall for a rollover after a silence', () => {
    expect(differ(at(0, 999), at(16, 2), rolling)).toEqual(fail('gap'));
  });
});
