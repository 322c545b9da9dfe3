import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';

import { checkOverride } from './check-override.js';
import { type OverrideRequest, overrideRequestSchema } from './override.schema.js';

const NOW = epochMs(Date.UTC(2026, 1, 6, 12));
const MINUTE = 60_000;

/** A dome with a 100 kW battery and no PV, and line A. */
const pack = {
  games: { time_zone: 'America/New_York' },
  feeders: [{ id: 'north', name: 'North', limit_kw: 400 }],
  venues: [
    {
      id: 'dome',
      name: 'Dome',
      stop: '1',
      grid: { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 },
      battery: {
        capacity_kwh: 200,
        power_kw: 100,
        charge_efficiency: 1,
        discharge_efficiency: 1,
        soc_min_ratio: 0,
        soc_max_ratio: 1,
        initial_soc_ratio: 0.5,
        wear_cost_per_kwh: 0,
      },
    },
  ],
  transport: {
    gtfs: 'feed.zip',
    vehicle_types: [{ id: 'bus', seats: 40, standing: 0, accessible: 0, cost_per_hour: 1, cost_per_km: 0 }],
    depots: [{ id: 'depot', name: 'Depot', stop: 'a' }],
    fleet: [{ prefix: 'bus', count: 1, type: 'bus', depot: 'depot' }],
    groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 1, late_cost_per_hour: 0 }],
    prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
    layover_s: 0,
    lines: [{ id: 'A', rides: [] }],
    approval: 'automatic' as const,
  },
};

/** Nothing else is overridden, and no switch measured. */
const standing = { overrides: [], positionOf: () => undefined };

const setpoint = (target: object, rest: object = {}): OverrideRequest =>
  overrideRequestSchema.parse({
    kind: 'setpoint',
    target: { venue: 'dome', asset: 'battery', value: -50, ...target },
    until_ms: NOW + 30 * MINUTE,
    reason: 'crane test',
    ...rest,
  });
const departure = (target: object, rest: object = {}): OverrideRequest =>
  overrideRequestSchema.parse({
    kind: 'departure',
    target: { line: 'A', departs_ms: NOW + 10 * MINUTE, action: 'add', ...target },
    until_ms: NOW + 30 * MINUTE,
    reason: 'late train',
    ...rest,
  });

const faults = (request: OverrideRequest): readonly string[] => {
  const checked = checkOverride(request, pack, NOW, standing);
  return checked.ok ? [] : checked.error.map(({ path }) => path);
};

describe('checkOverride', () => {
  it('starts now when no start is said', () => {
    expect(checkOverride(setpoint({}), pack, NOW, standing)).toEqual({
      ok: true,
      value: { from: NOW, until: NOW + 30 * MINUTE },
    });
  });

  it.each([[-100], [0], [100]])('takes a battery setpoint of %p kW', (value) => {
    expect(faults(setpoint({ value }))).toEqual([]);
  });

  it.each([
    [setpoint({ value: 101 }), 'target.value'],
    [setpoint({ value: -101 }), 'target.value'],
    [setpoint({ venue: 'arena' }), 'target.venue'],
    [setpoint({ asset: 'pv', value: 1 }), 'target.asset'],
    [setpoint({}, { until_ms: NOW }), 'until_ms'],
    [setpoint({}, { until_ms: NOW + 25 * 60 * MINUTE }), 'until_ms'],
    [setpoint({}, { from_ms: NOW - 5 * MINUTE }), 'from_ms'],
    [departure({ line: 'Z' }), 'target.line'],
    [departure({ departs_ms: NOW - MINUTE }), 'target.departs_ms'],
    [departure({}, { until_ms: NOW + 10 * MINUTE }), 'until_ms'],
  ])('refuses %j for its %s', (request, path) => {
    expect(faults(request)).toEqual([path]);
  });

  it('says every fault at once', () => {
    expect(faults(setpoint({ value: 500 }, { until_ms: NOW - 1, from_ms: NOW - 5 * MINUTE }))).toEqual([
      'from_ms',
      'until_ms',
      'target.value',
    ]);
  });

  it('says it in words for people, in the time of the event', () => {
    const said = (request: OverrideRequest) => {
      const checked = checkOverride(request, pack, NOW, standing);
      return checked.ok ? '' : checked.error[0]?.message;
    };
    expect(said(departure({ departs_ms: NOW - MINUTE }))).toBe(
      'The departure is past: it is 2026-02-06 07:00 (America/New_York).',
    );
    expect(said(setpoint({ value: 101 }))).toBe('101 kW is outside what the battery of Dome can do: -100 to 100 kW.');
  });

  it('lets people take out vehicles and close roads that the pack has', () => {
    const rest = { until_ms: NOW + 30 * MINUTE, reason: 'ice' };
    const said = (kind: 'vehicle' | 'road', target: object, roads: object = {}) => {
      const request = overrideRequestSchema.parse({ kind, target, ...rest });
      const checked = checkOverride(request, { ...pack, ...roads }, NOW, standing);
      return checked.ok ? [] : checked.error.map(({ message }) => message);
    };
    const roads = { roads: { nodes: [], links: [{ id: '7', name: 'Alumni Drive' }] } };
    expect(said('vehicle', { vehicle: 'bus-01' })).toEqual([]);
    expect(said('vehicle', { vehicle: 'bus-02' })).toEqual([
      'There is no vehicle "bus-02". They are named bus-01 to bus-01.',
    ]);
    expect(said('road', { road: 'Alumni Drive' }, roads)).toEqual([]);
    expect(said('road', { road: '7' }, roads)).toEqual([]);
    expect(said('road', { road: 'Oak Drive' }, roads)[0]).toMatch(/^There is no road "Oak Drive"/);
    expect(said('road', { road: 'Alumni Drive' })).toEqual(['The pack has no roads. Cancel the departures instead.']);
  });
});
