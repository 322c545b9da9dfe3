import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fromCivil, offsetAt, toCivil } from './civil-time.js';
import { epochMs } from './quantity.js';
import { HOUR_MS } from './slots.js';

const at = (text: string) => epochMs(Date.parse(text));
const civil = (text: string) => Date.parse(`${text}Z`);

describe('civil time', () => {
  it('is five hours behind UTC in New York in winter and four in summer', () => {
    expect(offsetAt('America/New_York', at('2026-01-15T12:00Z'))).toBe(-5 * HOUR_MS);
    expect(offsetAt('America/New_York', at('2026-07-15T12:00Z'))).toBe(-4 * HOUR_MS);
    expect(offsetAt('UTC', at('2026-07-15T12:00Z'))).toBe(0);
  });

  it('finds the instant of a civil time on both sides of the change of clocks', () => {
    expect(fromCivil('Europe/Rome', civil('2026-03-29T01:30'))).toBe(at('2026-03-29T00:30Z'));
    expect(fromCivil('Europe/Rome', civil('2026-03-29T03:30'))).toBe(at('2026-03-29T01:30Z'));
  });

  it('takes the earlier of a civil time that occurs twice', () => {
    expect(fromCivil('Europe/Rome', civil('2026-10-25T02:30'))).toBe(at('2026-10-25T00:30Z'));
  });

  it('moves a civil time that is skipped past the skip', () => {
    expect(fromCivil('Europe/Rome', civil('2026-03-29T02:30'))).toBe(at('2026-03-29T01:30Z'));
  });

  it('comes back to the same civil time from every instant', () => {
    const instants = fc.integer({ min: Date.parse('2020-01-01T00:00Z'), max: Date.parse('2040-01-01T00:00Z') });
    const zones = fc.constantFrom('Europe/Rome', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const shown = toCivil(zone, epochMs(instant));
        expect(toCivil(zone, fromCivil(zone, shown))).toBe(shown);
      }),
    );
  });
});
