import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { DAY_SLOTS, daysOf, intervalsOf, meterOf } from './meters.fixture.js';
import { bandLimits, settle, type VenueLoad } from './settle.js';

const grid = daysOf(1);
const day = { from: 0, until: DAY_SLOTS };
/** 0.2 for the first half of the day, 0.5 for the second. */
const prices = Array.from({ length: DAY_SLOTS }, (_, slot) => (slot < 48 ? 0.2 : 0.5));
const hall: VenueLoad = {
  load: 'hall',
  customers: [
    { customer: 'broadcaster', of: { meter: 'compound' } },
    { customer: 'caterer', of: { share: 0.25 } },
    { customer: 'organiser', of: 'rest' },
  ],
};

describe('settle', () => {
  it('S01 gives each its meter, its share or the rest, by price: of 40 kW 12, 10 and 18', () => {
    const intervals = intervalsOf(
      grid,
      meterOf('hall', grid, () => 40),
      meterOf('compound', grid, () => 12),
    );
    const { customers, unassigned_kwh } = settle([hall], intervals, prices, day);
    expect(unassigned_kwh).toBe(0);
    expect(customers.map(({ customer, kwh }) => [customer, kwh])).toEqual([
      ['broadcaster', 288],
      ['caterer', 240],
      ['organiser', 432],
    ]);
    expect(customers[0]).toMatchObject({ estimated_kwh: 0, missing: 0 });
    const [cheap, dear] = customers[0]?.bands ?? [];
    expect(cheap).toMatchObject({ from_price: 0.2, to_price: 0.2, kwh: 144 });
    expect(dear).toMatchObject({ from_price: 0.5, to_price: 0.5, kwh: 144 });
    expect(dear?.cost).toBeCloseTo(72);
    expect(customers[0]?.cost).toBeCloseTo(144 * 0.7);
  });

  it('S02 adds up a customer of several venues', () => {
    const both: readonly VenueLoad[] = ['hall', 'rink'].map((load) => ({
      load,
      customers: [{ customer: 'organiser', of: 'rest' }],
    }));
    const intervals = intervalsOf(
      grid,
      meterOf('hall', grid, () => 40),
      meterOf('rink', grid, () => 60),
    );
    expect(settle(both, intervals, prices, day).customers).toMatchObject([{ customer: 'organiser', kwh: 2400 }]);
  });

  it('S03 says which part rests on an estimate: two hours of the sub-meter are two of the rest', () => {
    const intervals = intervalsOf(
      grid,
      meterOf('hall', grid, () => 40),
      meterOf('compound', grid, (slot) => (slot >= 20 && slot < 28 ? undefined : 12)),
    );
    expect(settle([hall], intervals, prices, day).customers.map(({ estimated_kwh }) => estimated_kwh)).toEqual([
      24, 0, 36,
    ]);
  });

  it('S04 gives to nobody what may be another’s: load whose sub-meter is missing', () => {
    const intervals = intervalsOf(
      grid,
      meterOf('hall', grid, () => 40),
      meterOf('compound', grid, (slot) => (slot < 48 ? 12 : undefined)),
    );
    const { customers, unassigned_kwh } = settle([hall], intervals, prices, day);
    expect(unassigned_kwh).toBe(480);
    expect(customers.map(({ kwh, missing }) => [kwh, missing])).toEqual([
      [144, 48],
      [120, 48],
      [216, 48],
    ]);
  });

  it('assigns every kWh of the load once, or says that it did not', () => {
    const value = fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined, freq: 5 });
    const values = fc.array(value, { minLength: DAY_SLOTS, maxLength: DAY_SLOTS });
    const tariff = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: DAY_SLOTS, maxLength: DAY_SLOTS });
    fc.assert(
      fc.property(values, values, tariff, (load, compound, tariffPrices) => {
        const intervals = intervalsOf(
          grid,
          meterOf('hall', grid, (slot) => load[slot]),
          meterOf('compound', grid, (slot) => compound[slot]),
        );
        const { customers, unassigned_kwh } = settle([hall], intervals, tariffPrices, day);
        const whole = (intervals.get('hall') ?? []).reduce((sum, one) => sum + (one?.kw ?? 0) / 4, 0);
        expect(customers.reduce((sum, { kwh }) => sum + kwh, unassigned_kwh)).toBeCloseTo(whole, 6);
        for (const { kwh, cost, bands } of customers) {
          expect(bands.reduce((sum, band) => sum + band.kwh, 0)).toBeCloseTo(kwh, 6);
          expect(bands.reduce((sum, band) => sum + band.cost, 0)).toBeCloseTo(cost, 6);
          expect(bands.length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the tariff’s bands', () => {
  it('are its prices where they are few, else thirds of the time', () => {
    expect(bandLimits([0.5, 0.2, 0.2, 0.4])).toEqual([0.2, 0.4, 0.5]);
    expect(bandLimits([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([3, 6, 9]);
    // A price that fills two thirds of the time is one band.
    expect(bandLimits([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8])).toEqual([1, 8]);
  });
});
