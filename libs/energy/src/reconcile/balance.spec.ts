import { describe, expect, it } from '@jest/globals';
import { seededRandom, slotStart } from '#libs/kernel';
import fc from 'fast-check';

import { type Balance, balanceDay, type MeterGroup } from './balance.js';
import { DAY_SLOTS, daysOf, intervalsOf, meterOf } from './meters.fixture.js';
import type { CivilDay, MeterSeries } from './meter-series.js';

const group: MeterGroup = {
  level: 'feeder',
  id: 'north',
  feeder: 'north',
  main: 'main',
  parts: [
    { meter: 'hall', sign: 1 },
    { meter: 'rink', sign: 1 },
  ],
  loss_ratio: 0,
};
const grid = daysOf(3);
/** The second day. */
const day: CivilDay = { day: '2026-02-03', from_slot: DAY_SLOTS, until_slot: 2 * DAY_SLOTS };
const inDay = (slot: number): boolean => slot >= day.from_slot && slot < day.until_slot;

/** Two loads that go up and down, each at its own times. */
const hallKw = (slot: number): number => 100 + 60 * Math.sin((2 * Math.PI * slot) / 96);
const rinkKw = (slot: number): number => 80 + 30 * Math.cos((2 * Math.PI * slot) / 40);

type Kw = (slot: number) => number | undefined;
const balance = (
  { main, hall = hallKw, rink = rinkKw }: { readonly main?: Kw; readonly hall?: Kw; readonly rink?: Kw },
  over: Partial<MeterGroup> = {},
): Balance => {
  const series: MeterSeries[] = [
    meterOf('main', grid, main ?? ((slot) => hallKw(slot) + rinkKw(slot))),
    meterOf('hall', grid, hall),
    meterOf('rink', grid, rink),
  ];
  return balanceDay({ ...group, ...over }, intervalsOf(grid, ...series), grid, day);
};
const explainedIn = ({ explained, unexplained_kwh }: Balance): number =>
  Object.values(explained).reduce((sum, kwh) => sum + kwh, 0) + unexplained_kwh;

describe('balanceDay', () => {
  it('B01 closes where the parts are the whole: 100 kW are 60 and 40', () => {
    const found = balance({ main: () => 100, hall: () => 60, rink: () => 40 });
    expect(found).toMatchObject({
      main: { kwh: 2400, measured: 96, estimated: 0, missing: 0, estimates: [] },
      sum_kwh: 2400,
      residual_kwh: 0,
      residual_ratio: 0,
      compared: 96,
      tolerance_kwh: 48,
      state: 'within_tolerance',
      cause: null,
    });
    expect(found.parts.map(({ kwh }) => kwh)).toEqual([1440, 960]);
  });

  it('B02 takes losses for what they are: 1 % of 100 kW in a day are 24 kWh', () => {
    const found = balance({ main: () => 100, hall: () => 60, rink: () => 39 }, { loss_ratio: 0.01 });
    expect(found.residual_kwh).toBeCloseTo(24);
    expect(found.explained.losses_kwh).toBeCloseTo(24);
    expect(found.unexplained_kwh).toBeCloseTo(0);
    expect(found.state).toBe('within_tolerance');
  });

  it('B03 alarms what nothing explains: 10 kW that no meter sees, by turns', () => {
    const found = balance({ main: (slot) => hallKw(slot) + rinkKw(slot) + (slot % 3 === 0 ? 30 : 0) });
    expect(found.unexplained_kwh).toBeCloseTo(240);
    expect(found).toMatchObject({ state: 'alarm', cause: null });
  });

  it('B04 leaves small days alone: 0.2 kW beside 1 kW are 4.8 kWh, below 5', () => {
    const found = balance({ main: () => 1.2, hall: () => 1, rink: () => 0 });
    expect(found.residual_ratio).toBeCloseTo(1 / 6);
    expect(found).toMatchObject({ tolerance_kwh: 5, state: 'within_tolerance' });
  });

  it('B05 sets signs by what a meter is: import is load less sun', () => {
    const parts = [
      { meter: 'hall', sign: 1 as const },
      { meter: 'rink', sign: -1 as const },
    ];
    const found = balance({ main: () => -10, hall: () => 20, rink: () => 30 }, { parts });
    expect(found).toMatchObject({ sum_kwh: -240, residual_kwh: 0, state: 'within_tolerance' });
  });

  it('B06 marks what is estimated, and raises no alarm over it', () => {
    // Two hours without readings from the main meter's and the hall's load, which fell to nothing meanwhile.
    const from = DAY_SLOTS + 40;
    const isOut = (slot: number) => slot >= from && slot < from + 8;
    const found = balance({
      main: (slot) => (isOut(slot) ? 40 : 100),
      hall: (slot) => (isOut(slot) ? undefined : 60),
      rink: () => 40,
    });
    expect(found.parts[0]).toMatchObject({
      kwh: 1440,
      measured: 88,
      estimated: 8,
      missing: 0,
      estimates: [
        { from_ms: slotStart(grid, from), until_ms: slotStart(grid, from + 8), origin: 'interpolated', kwh: 120 },
      ],
    });
    expect(found).toMatchObject({ residual_kwh: -120, compared: 88, unexplained_kwh: 0, state: 'within_tolerance' });
    expect(found.explained).toMatchObject({ estimated_kwh: -120, missing_kwh: 0 });
  });

  it('B07 does not compare a day in which a meter never spoke', () => {
    const found = balance({ main: () => 100, hall: () => 60, rink: () => undefined });
    expect(found).toMatchObject({ residual_kwh: 960, compared: 0, state: 'not_compared' });
    expect(found.explained.missing_kwh).toBe(960);
    expect(found.parts[1]).toMatchObject({ kwh: 0, missing: 96 });
  });

  it('B08 takes of a meter what is of the group: the rink is behind it until 12:00', () => {
    const share = Array.from({ length: grid.count }, (_, slot) => (slot < day.from_slot + 48 ? 1 : 0));
    const parts = [
      { meter: 'hall', sign: 1 as const },
      { meter: 'rink', sign: 1 as const, share },
    ];
    const main = (slot: number) => (slot < day.from_slot + 48 ? 100 : 60);
    // What is not read while it is elsewhere is not missing here.
    const rink = (slot: number) => (slot === day.from_slot + 90 ? undefined : 40);
    const found = balance({ main, hall: () => 60, rink }, { parts });
    expect(found).toMatchObject({ residual_kwh: 0, compared: 96, state: 'within_tolerance' });
    expect(found.parts.map(({ kwh, measured, missing }) => [kwh, measured, missing])).toEqual([
      [1440, 96, 0],
      [480, 48, 0],
    ]);
    const never = [
      { meter: 'hall', sign: 1 as const },
      { meter: 'rink', sign: 1 as const, share: share.map(() => 0) },
    ];
    expect(balance({ main: () => 60, hall: () => 60 }, { parts: never }).parts.map(({ meter }) => meter)).toEqual([
      'hall',
    ]);
  });

  it('B09 does not take for a standstill that a site stands elsewhere', () => {
    const there = (slot: number) => slot < day.from_slot + 20 || slot >= day.from_slot + 70;
    const share = Array.from({ length: grid.count }, (_, slot) => (there(slot) ? 1 : 0));
    const parts = [
      { meter: 'hall', sign: 1 as const },
      { meter: 'rink', sign: 1 as const, share },
    ];
    // While it is elsewhere 20 kW come and go that nobody sees; of a meter that stands still anything might be thought.
    const unseen = (slot: number) => (slot % 2 === 0 ? 20 : -20);
    const main = (slot: number) => hallKw(slot) + (there(slot) ? rinkKw(slot) : unseen(slot));
    expect(balance({ main }, { parts })).toMatchObject({ state: 'alarm', cause: null });
  });
});

describe('the cause of a residual', () => {
  it('C01 is a sub-meter that stands still, and says for how long', () => {
    const from = DAY_SLOTS + 30;
    const found = balance({ hall: (slot) => (slot >= from && slot < from + 40 ? 155 : hallKw(slot)) });
    expect(found).toMatchObject({
      state: 'explained',
      cause: {
        meter: 'hall',
        kind: 'stands_still',
        kw: 155,
        from_ms: slotStart(grid, from),
        until_ms: slotStart(grid, from + 40),
      },
    });
    expect(found.explained.cause_kwh).toBeCloseTo(found.residual_kwh);
  });

  it('C02 is not a meter that rests every night as long', () => {
    // The rink is at 0 for six hours of every day, and 40 kW that no meter sees run then.
    const isNight = (slot: number) => slot % 96 < 24;
    const found = balance({
      main: (slot) => hallKw(slot) + (isNight(slot) ? 40 : rinkKw(slot)),
      rink: (slot) => (isNight(slot) ? 0 : rinkKw(slot)),
    });
    expect(found).toMatchObject({ state: 'alarm', cause: null });
  });

  it('C03 is a sub-meter that runs backwards', () => {
    const found = balance({ rink: (slot) => -rinkKw(slot) });
    expect(found).toMatchObject({ state: 'explained', cause: { meter: 'rink', kind: 'backwards' } });
  });

  it('C04 is a clock an hour ahead, though the day’s energy hardly differs', () => {
    const found = balance({ rink: (slot) => rinkKw(slot - 4) });
    expect(Math.abs(found.residual_kwh)).toBeLessThan(found.tolerance_kwh);
    expect(found).toMatchObject({
      state: 'explained',
      cause: { meter: 'rink', kind: 'clock', ahead_minutes: 60 },
    });
    expect(balance({ hall: (slot) => hallKw(slot + 4) }).cause).toEqual({
      meter: 'hall',
      kind: 'clock',
      ahead_minutes: -60,
    });
  });

  it('C05 is a multiplier: a meter that shows a third', () => {
    const { cause, state } = balance({ hall: (slot) => hallKw(slot) / 3 });
    expect(state).toBe('explained');
    expect(cause).toMatchObject({ meter: 'hall', kind: 'multiplier' });
    expect(cause?.kind === 'multiplier' && cause.factor).toBeCloseTo(3);
  });

  it('C06 may be the main meter’s', () => {
    const { cause } = balance({ main: (slot) => 10 * (hallKw(slot) + rinkKw(slot)) });
    expect(cause).toMatchObject({ meter: 'main', kind: 'multiplier' });
    expect(cause?.kind === 'multiplier' && cause.factor).toBeCloseTo(0.1);
  });

  it('C07 is found in a day among right ones', () => {
    const found = balance({ hall: (slot) => (inDay(slot) ? 2 * hallKw(slot) : hallKw(slot)) });
    expect(found.cause).toMatchObject({ meter: 'hall', kind: 'multiplier' });
  });
});

describe('a balance', () => {
  /** Meters that are wrong by up to 1 % at random, and one of them by a factor. */
  const noisy = (seed: number, factor: number): Balance => {
    const random = seededRandom(seed);
    const about = (kw: number): number => kw * (0.99 + 0.02 * random());
    return balance({
      main: (slot) => about(hallKw(slot) + rinkKw(slot)),
      hall: (slot) => about(hallKw(slot)),
      rink: (slot) => factor * about(rinkKw(slot)),
    });
  };

  it('is within its tolerance where meters are of class 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(noisy(seed, 1)).toMatchObject({ state: 'within_tolerance', cause: null });
      }),
      { numRuns: 50 },
    );
  });

  it('tells the wrong multiplier from their errors', () => {
    const factors = fc.constantFrom(1 / 3, 0.5, 2, 5, 10);
    fc.assert(
      fc.property(fc.integer(), factors, (seed, factor) => {
        const { cause } = noisy(seed, factor);
        expect(cause).toMatchObject({ meter: 'rink', kind: 'multiplier' });
        expect((cause?.kind === 'multiplier' ? cause.factor : NaN) * factor).toBeCloseTo(1, 1);
      }),
      { numRuns: 50 },
    );
  });

  it('is explained in parts that sum to the residual, and its residual is main less sum', () => {
    const value = fc.option(fc.double({ min: -100, max: 100, noNaN: true }), { nil: undefined, freq: 8 });
    const values = fc.array(value, { minLength: grid.count, maxLength: grid.count });
    fc.assert(
      fc.property(
        values,
        values,
        values,
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (main, hall, rink, loss_ratio) => {
          const found = balance(
            { main: (slot) => main[slot], hall: (slot) => hall[slot], rink: (slot) => rink[slot] },
            { loss_ratio },
          );
          expect(found.main.kwh - found.sum_kwh).toBeCloseTo(found.residual_kwh, 6);
          expect(found.parts.reduce((sum, { kwh }) => sum + kwh, 0)).toBeCloseTo(found.sum_kwh, 6);
          expect(explainedIn(found)).toBeCloseTo(found.residual_kwh, 6);
          for (const { measured, estimated, missing } of [found.main, ...found.parts])
            expect(measured + estimated + missing).toBe(96);
        },
      ),
      { numRuns: 25 },
    );
  });
});
