import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { compareDay, type MeteredSite } from './counterfactual.js';
import { DAY_SLOTS, daysOf, intervalsOf, meterOf } from './meters.fixture.js';

const grid = daysOf(1);
const day = { day: '2026-02-02', from_slot: 0, until_slot: DAY_SLOTS };
/** Night at 0.1, day at 0.5; sold at a tenth of that. */
const isNight = (slot: number): boolean => slot < 48;
const prices = Array.from({ length: DAY_SLOTS }, (_, slot) => (isNight(slot) ? 0.1 : 0.5));
const tariff = {
  import_price_per_kwh: prices,
  export_price_per_kwh: prices.map((price) => price / 10),
  carbon_kg_per_kwh: 0.3,
};
const CARBON_PRICE = 0.1;

type Kw = (slot: number) => number | undefined;
const siteOf = (site: string, net: Kw, battery?: Kw, soc: Kw = () => undefined): MeteredSite => {
  const intervals = intervalsOf(grid, meterOf('grid', grid, net), meterOf('battery', grid, battery ?? (() => 0)));
  return {
    site,
    shares: { of: new Map([[site === 'rink' ? 'south' : 'north', new Array<number>(DAY_SLOTS).fill(1)]]) },
    grid: intervals.get('grid') ?? [],
    ...(battery && {
      battery: {
        power: intervals.get('battery') ?? [],
        soc_ratio: Array.from({ length: grid.count }, (_, slot) => soc(slot)),
        capacity_kwh: 200,
        wear_cost_per_kwh: 0.02,
      },
    }),
  };
};

describe('compareDay', () => {
  it('P01 counts what a battery moved: 10 kW from day to night save 0.4 a kWh, less wear', () => {
    // A load of 50 kW; the battery takes 10 kW by night and gives them by day.
    const power = (slot: number) => (isNight(slot) ? 10 : -10);
    const found = compareDay([siteOf('hall', (slot) => 50 + power(slot), power)], 'north', tariff, CARBON_PRICE, day);
    expect(found.without_plan).toMatchObject({ wear: 0, peak_kw: 50 });
    expect(found.without_plan.energy).toBeCloseTo(600 * 0.1 + 600 * 0.5);
    expect(found.with_plan.energy).toBeCloseTo(720 * 0.1 + 480 * 0.5);
    expect(found.with_plan.wear).toBeCloseTo(240 * 0.02);
    expect(found.with_plan.carbon_kg).toBeCloseTo(360);
    expect(found.benefit.total).toBeCloseTo(120 * 0.4 - 4.8);
    expect(found.benefit.carbon_kg).toBeCloseTo(0);
    expect(found.benefit.peak_kw).toBe(-10);
  });

  it('P02 says what a plan lost: bought by day, given away by night', () => {
    const power = (slot: number) => (isNight(slot) ? -10 : 10);
    const found = compareDay([siteOf('hall', (slot) => 50 + power(slot), power)], 'north', tariff, CARBON_PRICE, day);
    expect(found.benefit.total).toBeCloseTo(-120 * 0.4 - 4.8);
  });

  it('P03 pays for what is sold, and counts no carbon for it', () => {
    // Sun of 40 kW over a load of 20: sold by day, or kept.
    const power = (slot: number) => (isNight(slot) ? 0 : 20);
    const net = (slot: number) => (isNight(slot) ? 20 : 0);
    const found = compareDay([siteOf('hall', net, power)], 'north', tariff, CARBON_PRICE, day);
    expect(found.without_plan.energy).toBeCloseTo(240 * 0.1 - 240 * 0.05);
    expect(found.with_plan.energy).toBeCloseTo(240 * 0.1);
    expect(found.without_plan.carbon).toBeCloseTo(found.with_plan.carbon);
    expect(found.without_plan.carbon_kg).toBeCloseTo(72);
  });

  it('P04 shows what is still in the battery: 0.4 to 0.9 of 200 kWh are 100', () => {
    const soc = (slot: number) => (slot === 0 ? 0.4 : slot === 90 ? 0.9 : undefined);
    const found = compareDay(
      [
        siteOf(
          'hall',
          () => 1,
          () => 0,
          soc,
        ),
      ],
      null,
      tariff,
      CARBON_PRICE,
      day,
    );
    expect(found.stored_kwh).toBeCloseTo(100);
  });

  it('P05 leaves out on both sides what is not known, and takes the peak where all are', () => {
    const sites = [
      siteOf('hall', (slot) => (slot < 12 ? undefined : 30)),
      siteOf('rink', (slot) => (slot === 0 ? 99 : 20)),
    ];
    const found = compareDay(sites, null, tariff, CARBON_PRICE, day);
    expect(found).toMatchObject({ feeder: null, counted: 180, missing: 12, estimated: 0, stored_kwh: 0 });
    expect(found.with_plan).toEqual(found.without_plan);
    expect(found.with_plan.peak_kw).toBe(50);
    expect(compareDay(sites, 'south', tariff, CARBON_PRICE, day).with_plan.peak_kw).toBe(99);
  });

  it('P06 counts a site for the feeder on which it stood: 30 kW until 12:00 on one, then on the other', () => {
    const noon = 48;
    const power = (slot: number) => (slot < 24 ? 10 : -10);
    const soc = (slot: number) => 0.5 + (slot < 24 ? slot + 1 : 47 - slot) / 100;
    const of = (share: (slot: number) => number) => Array.from({ length: DAY_SLOTS }, (_, slot) => share(slot));
    const hall = {
      ...siteOf('hall', (slot) => (slot < noon ? 30 : 50), power, soc),
      shares: {
        of: new Map([
          ['north', of((slot) => (slot < noon ? 1 : 0))],
          ['south', of((slot) => (slot < noon ? 0 : 1))],
        ]),
      },
    };
    const [north, south, all] = (['north', 'south', null] as const).map((feeder) =>
      compareDay([hall], feeder, tariff, CARBON_PRICE, day),
    );
    expect([north?.with_plan.carbon_kg, south?.with_plan.carbon_kg]).toEqual([30 * 12 * 0.3, 50 * 12 * 0.3]);
    expect([north?.with_plan.peak_kw, south?.with_plan.peak_kw]).toEqual([30, 50]);
    expect([north?.counted, south?.counted, all?.counted]).toEqual([48, 48, 96]);
    expect((north?.benefit.total ?? 0) + (south?.benefit.total ?? 0)).toBeCloseTo(all?.benefit.total ?? NaN, 9);
    // Up by 23 and down by 24 hundredths of 200 kWh before noon, down by 48 after.
    expect(north?.stored_kwh).toBeCloseTo(-2);
    expect(south?.stored_kwh).toBeCloseTo(-96);
  });

  it('is worth nothing where batteries idle, and in all what it is worth by feeder', () => {
    const values = fc.array(fc.double({ min: -80, max: 80, noNaN: true }), {
      minLength: DAY_SLOTS,
      maxLength: DAY_SLOTS,
    });
    fc.assert(
      fc.property(values, values, (net, power) => {
        const idle = [
          siteOf(
            'hall',
            (slot) => net[slot],
            () => 0,
          ),
        ];
        expect(compareDay(idle, null, tariff, CARBON_PRICE, day).benefit.total).toBe(0);
        const sites = [
          siteOf(
            'hall',
            (slot) => net[slot],
            (slot) => power[slot],
          ),
          siteOf(
            'rink',
            (slot) => power[slot],
            (slot) => net[slot],
          ),
        ];
        const [north, south, all] = (['north', 'south', null] as const).map(
          (feeder) => compareDay(sites, feeder, tariff, CARBON_PRICE, day).benefit.total,
        );
        expect((north ?? 0) + (south ?? 0)).toBeCloseTo(all ?? NaN, 6);
      }),
      { numRuns: 30 },
    );
  });
});
