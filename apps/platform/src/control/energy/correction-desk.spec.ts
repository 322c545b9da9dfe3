import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Pack, Point } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { OverrideRule, PlannedSetpoint } from '#libs/planning';
import { QUALITY } from '#libs/telemetry';
import { PackPoints } from '../points.js';
import { CorrectionDesk } from './correction-desk.js';

const NOW = epochMs(100 * MINUTE_MS);
const battery = {
  capacity_kwh: 100,
  power_kw: 20,
  charge_efficiency: 1,
  discharge_efficiency: 1,
  soc_min_ratio: 0,
  soc_max_ratio: 1,
  initial_soc_ratio: 0.5,
  wear_cost_per_kwh: 0,
};
const terms = { feeder: 'north', import_limit_kw: 100, export_limit_kw: 0 };
/** Two halls of 100 kW on a feeder of 180 kW under a substation; the first has a battery, and a kitchen that may be shed. */
const pack: Pick<Pack, 'games' | 'feeders' | 'venues'> = {
  games: { id: 'g', name: 'G', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 0 },
  feeders: [
    { id: 'station', name: 'Station', limit_kw: 500 },
    { id: 'north', name: 'North', limit_kw: 180, parent: 'station' },
  ],
  venues: [
    {
      id: 'hall',
      name: 'Hall',
      stop: '1',
      grid: terms,
      battery,
      loads: [
        { id: 'exits', tier: 'life_safety', share: 0.5 },
        { id: 'kitchen', tier: 'normal', share: 0.1, shed_cost_per_kwh: 2 },
      ],
    },
    { id: 'rink', name: 'Rink', stop: '2', grid: terms },
  ],
};
const KINDS = ['load_power', 'battery_power', 'battery_soc', 'grid_power'] as const;
const listed = ['hall', 'rink'].flatMap((venue) => KINDS.map((kind) => ({ venue, kind })));
const point = (kind: Point['kind']): Point => ({
  id: `${kind}.x`,
  kind,
  unit: 'kW',
  min: -999,
  max: 999,
  interval_s: 60,
});
const points = PackPoints.of(
  {
    devices: [],
    gateways: ['hall', 'rink'].map((venue) => ({ id: `gw-${venue}`, venue, points: KINDS.map(point) })),
  },
  listed.map(({ venue, kind }, id) => ({ id, venue, gateway: `gw-${venue}`, point: `${kind}.x`, kind, unit: 'kW' })),
);
const setpoint = (value: number): PlannedSetpoint => ({
  venue: 'hall',
  asset: 'battery',
  from_ms: NOW - MINUTE_MS,
  until_ms: NOW + 14 * MINUTE_MS,
  value,
});

type Measured = Partial<Record<`${'hall' | 'rink'} ${(typeof KINDS)[number]}`, number>>;
let desk: CorrectionDesk;
beforeEach(() => {
  desk = new CorrectionDesk(pack, points);
});
const run = (measured: Measured, over: { age?: number; overrides?: OverrideRule[]; planned?: number } = {}) => {
  const values = {
    'hall battery_soc': 0.5,
    'hall battery_power': 0,
    'hall load_power': 100,
    'rink grid_power': 20,
    ...measured,
  };
  const latest = new Map(
    listed.flatMap(({ venue, kind }, id) => {
      const value = (values as Record<string, number | undefined>)[`${venue} ${kind}`];
      const ts = epochMs(NOW - (over.age ?? 0) * MINUTE_MS);
      return value === undefined ? [] : [[id, { ts, value, quality: QUALITY.good }] as const];
    }),
  );
  const corrections = desk.run(latest, [setpoint(over.planned ?? 0)], over.overrides ?? [], NOW);
  return Object.fromEntries(corrections.map(({ asset, value_kw }) => [asset, value_kw]));
};
const override = (over: Partial<OverrideRule>): OverrideRule => ({
  id: 'o',
  kind: 'setpoint',
  target: { venue: 'hall', asset: 'battery', value: 5 },
  from: epochMs(0),
  until: epochMs(NOW + MINUTE_MS),
  ended: null,
  ...over,
});

describe('CorrectionDesk', () => {
  it('keeps a connection within its limit: the battery gives more, then the kitchen goes', () => {
    expect(run({ 'hall grid_power': 90 })).toEqual({});
    expect(run({ 'hall grid_power': 110 })).toEqual({ 'hall/battery': -15 });
    expect(run({ 'hall grid_power': 125 })).toEqual({ 'hall/battery': -20, 'hall/kitchen': 0 });
  });

  it('keeps a feeder within its limit by the sum of its venues', () => {
    expect(run({ 'hall grid_power': 95, 'rink grid_power': 95 })).toEqual({ 'hall/battery': -19 });
  });

  it('judges nothing by old readings, nor a feeder of which a venue is not measured', () => {
    expect(run({ 'hall grid_power': 125 }, { age: 4 })).toEqual({});
    expect(run({ 'hall grid_power': 95, 'rink grid_power': undefined as unknown as number })).toEqual({});
  });

  it('leaves alone what a person overrides', () => {
    expect(run({ 'hall grid_power': 110 }, { overrides: [override({})] })).toEqual({ 'hall/kitchen': 0 });
  });

  it('asks nothing of a connection that is dead', () => {
    const outage = override({ kind: 'outage', target: { of: 'feeder', id: 'station' } });
    expect(run({ 'hall grid_power': 125 }, { overrides: [outage] })).toEqual({});
  });
});
