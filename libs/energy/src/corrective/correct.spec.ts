import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batteryRange } from './battery-range.js';
import { correct, type LiveBattery, type LiveLimit, NO_CORRECTIONS } from './correct.js';

const limit = (net: number, over: Partial<LiveLimit> = {}): LiveLimit => ({
  at: 'hall',
  import_limit_kw: 100,
  export_limit_kw: 40,
  net_kw: net,
  behind: new Map([
    ['hall/battery', 1],
    ['hall/kitchen', 1],
    ['hall/heating', 1],
  ]),
  ...over,
});
const battery = (over: Partial<LiveBattery> = {}): LiveBattery => ({
  asset: 'hall/battery',
  measured_kw: 0,
  planned_kw: 0,
  least_kw: -20,
  most_kw: 20,
  ...over,
});
const kitchen = { asset: 'hall/kitchen', draws_kw: 15, shed_cost_per_kwh: 2 };
const heating = { asset: 'hall/heating', draws_kw: 10, shed_cost_per_kwh: 1 };
const valuesOf = ({ corrections }: ReturnType<typeof correct>) =>
  Object.fromEntries(corrections.map(({ asset, value_kw }) => [asset, value_kw]));

describe('correct', () => {
  it('01 leaves a plan alone while limits hold', () => {
    expect(correct([limit(100)], [battery()], [kitchen], NO_CORRECTIONS).corrections).toEqual([]);
  });

  it('02 discharges a battery to 95 % of a limit that is broken, and says why', () => {
    expect(correct([limit(105)], [battery()], [kitchen], NO_CORRECTIONS).corrections).toEqual([
      { asset: 'hall/battery', value_kw: -10, reason: 'import at hall would be 105 kW of 100 kW' },
    ]);
  });

  it('03 charges less before it discharges', () => {
    const charging = battery({ measured_kw: 12, planned_kw: 12 });
    expect(valuesOf(correct([limit(105)], [charging], [], NO_CORRECTIONS))).toEqual({ 'hall/battery': 2 });
  });

  it('04 counts on what a battery is told, not on what it has not done yet', () => {
    const late = battery({ measured_kw: 0, planned_kw: -20 });
    expect(correct([limit(115)], [late], [], NO_CORRECTIONS).corrections).toEqual([]);
  });

  it('05 sheds the cheapest load when batteries are not enough, and no more loads than needed', () => {
    expect(valuesOf(correct([limit(128)], [battery()], [kitchen, heating], NO_CORRECTIONS))).toEqual({
      'hall/battery': -20,
      'hall/heating': 0,
    });
    expect(valuesOf(correct([limit(140)], [battery()], [kitchen, heating], NO_CORRECTIONS))).toEqual({
      'hall/battery': -20,
      'hall/heating': 0,
      'hall/kitchen': 0,
    });
  });

  it('06 keeps on until the limit would hold with room, and a load off as long', () => {
    const first = correct([limit(128)], [battery()], [kitchen, heating], NO_CORRECTIONS);
    const discharging = battery({ measured_kw: -20 });
    // The battery gives 20 and the heating draws nothing: 98 kW without would be 128.
    expect(valuesOf(correct([limit(98)], [discharging], [kitchen, { ...heating, draws_kw: 0 }], first))).toEqual(
      valuesOf(first),
    );
    // Without, 118 and 116 would flow: first the battery is enough for the limit but not for its 95 %, then for both.
    expect(valuesOf(correct([limit(88)], [discharging], [kitchen, heating], first))).toEqual(valuesOf(first));
    expect(valuesOf(correct([limit(84)], [discharging], [kitchen, heating], first))).toEqual({ 'hall/battery': -19 });
    expect(correct([limit(64)], [discharging], [kitchen, heating], first).corrections).toEqual([]);
  });

  it('07 charges a battery when too much is exported, and sheds nothing', () => {
    expect(valuesOf(correct([limit(-48)], [battery()], [kitchen], NO_CORRECTIONS))).toEqual({ 'hall/battery': 10 });
    expect(valuesOf(correct([limit(-90)], [battery()], [kitchen], NO_CORRECTIONS))).toEqual({ 'hall/battery': 20 });
  });

  it('08 shares what a feeder needs among the batteries behind it, after what its venues need', () => {
    const rink = battery({ asset: 'rink/battery', least_kw: -60 });
    const feeder = limit(220, {
      at: 'north',
      import_limit_kw: 200,
      behind: new Map([
        ['hall/battery', 1],
        ['rink/battery', 1],
      ]),
    });
    // The hall needs 10 for itself: 210 on the feeder, 20 over 95 %; 10 and 60 can still be had, 1 to 6.
    const values = valuesOf(correct([limit(105), feeder], [battery(), rink], [], NO_CORRECTIONS));
    expect(values['hall/battery']).toBeCloseTo(-10 - 20 / 7);
    expect(values['rink/battery']).toBeCloseTo(-120 / 7);
  });

  it('09 never touches what it was not given, never asks a battery for more than it can, and is settled with the readings that follow it', () => {
    const kw = fc.integer({ min: -300, max: 300 });
    fc.assert(
      fc.property(kw, fc.integer({ min: -20, max: 20 }), (net, planned) => {
        const first = correct(
          [limit(net)],
          [battery({ measured_kw: planned, planned_kw: planned })],
          [kitchen],
          NO_CORRECTIONS,
        );
        for (const { asset, value_kw } of first.corrections) {
          expect(['hall/battery', 'hall/kitchen']).toContain(asset);
          expect(Math.abs(value_kw)).toBeLessThanOrEqual(20 + 1e-9);
        }
        const value = valuesOf(first)['hall/battery'] ?? planned;
        const off = first.shed.get('hall/kitchen') ?? 0;
        const followed = net + (value - planned) - off;
        const next = correct(
          [limit(followed)],
          [battery({ measured_kw: value, planned_kw: planned })],
          [kitchen],
          first,
        );
        expect(next.corrections.map(({ asset }) => asset)).toEqual(first.corrections.map(({ asset }) => asset));
        expect(valuesOf(next)['hall/battery'] ?? planned).toBeCloseTo(value);
      }),
    );
  });
});

describe('batteryRange', () => {
  const size = {
    capacity_kwh: 100,
    power_kw: 50,
    charge_efficiency: 0.8,
    discharge_efficiency: 0.5,
    soc_min_ratio: 0.2,
    soc_max_ratio: 0.9,
    initial_soc_ratio: 0.5,
    wear_cost_per_kwh: 0,
  };

  it('is its power in the middle of its band, and what it can keep up for a quarter hour at its ends', () => {
    expect(batteryRange(size, 0.5)).toEqual({ least_kw: -50, most_kw: 50 });
    // 5 kWh above the band's lower end give 2.5 kWh; 4 kWh of room take 5 kWh.
    expect(batteryRange(size, 0.25).least_kw).toBeCloseTo(-10);
    expect(batteryRange(size, 0.86).most_kw).toBeCloseTo(20);
    expect(batteryRange(size, 0.1).least_kw).toBe(-0);
  });
});
