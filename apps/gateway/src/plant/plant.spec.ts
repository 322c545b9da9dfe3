import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { Gateway, Pack, Point, Recording, Venue } from '#libs/games';
import { Plant } from './plant.js';

/** A week of hours in which the load is 40 kW and PV 30 kW. */
const week: Recording = {
  id: 'week',
  startCivil: 0,
  stepMs: 60 * MINUTE_MS,
  rows: 168,
  columns: new Map([
    ['load_kw', new Float64Array(168).fill(40)],
    ['pv_kw', new Float64Array(168).fill(30)],
  ]),
};
const pack: Pack = {
  directory: '/nowhere',
  games: { id: 'tiny', name: 'Tiny', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 0 },
  feeders: [],
  venues: [],
  energy: {
    import_price_per_kwh: '',
    export_price_ratio: 0,
    carbon_kg_per_kwh: '',
    carbon_price_per_kg: 0,
    approval: 'automatic',
  },
  transport: {
    gtfs: '',
    vehicle_types: [{ id: 'bus', seats: 1, standing: 0, accessible: 0, cost_per_hour: 1, cost_per_km: 0 }],
    depots: [{ id: 'depot', name: 'Depot', stop: 'a' }],
    fleet: [{ prefix: 'bus', count: 1, type: 'bus', depot: 'depot' }],
    groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 1, late_cost_per_hour: 0 }],
    prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
    layover_s: 0,
    lines: [],
    approval: 'automatic',
  },
  gtfs: new Uint8Array(),
  sessions: { recording: 'week', entries: [] },
  recordings: new Map([['week', week]]),
  gateways: [],
  devices: [],
};
const venue: Venue = {
  id: 'arena',
  name: 'Arena',
  stop: '1',
  grid: { feeder: 'north', import_limit_kw: 100, export_limit_kw: 0 },
  pv: { rated_kw: 30 },
  battery: {
    capacity_kwh: 100,
    power_kw: 60,
    charge_efficiency: 1,
    discharge_efficiency: 1,
    soc_min_ratio: 0,
    soc_max_ratio: 1,
    initial_soc_ratio: 0.5,
    wear_cost_per_kwh: 0,
  },
};
const point = (id: string, kind: Point['kind'], series?: string): Point => ({
  id,
  kind,
  unit: kind === 'battery_soc' ? 'ratio' : 'kW',
  min: -1_000,
  max: 1_000,
  interval_s: 60,
  ...(series ? { recorded: { series: `week.${series}`, scale: 1, rule: 'linear' as const } } : {}),
});
const gateway: Gateway = {
  id: 'gw1',
  venue: 'arena',
  points: [
    point('load.active_power', 'load_power', 'load_kw'),
    point('pv.active_power', 'pv_power', 'pv_kw'),
    point('battery.active_power', 'battery_power'),
    point('battery.state_of_charge', 'battery_soc'),
    point('main.active_power', 'grid_power'),
  ],
};
const setpoint = (value: number, from = 0) => ({
  plan: 'e-1',
  seq: 1,
  issued: 0,
  from,
  valid_until: 15 * MINUTE_MS,
  value,
  unit: 'kW' as const,
});
const run = (plant: Plant, minute: number) => {
  const { readings, answers } = plant.run(epochMs(minute * MINUTE_MS));
  return { values: Object.fromEntries(readings.map(({ point: id, value }) => [id, value])), answers };
};

describe('Plant', () => {
  it('idles without setpoints: the grid carries load less PV', () => {
    const plant = new Plant(pack, venue, gateway, { soc_ratio: null });
    expect(run(plant, 0).values).toEqual({
      'load.active_power': 40,
      'pv.active_power': 30,
      'battery.active_power': 0,
      'battery.state_of_charge': 0.5,
      'main.active_power': 10,
    });
  });

  it('charges as told: a minute of 60 kW is one kWh, one percent of the battery', () => {
    const plant = new Plant(pack, venue, gateway, { soc_ratio: null });
    plant.offer('battery', setpoint(60), epochMs(0));
    const first = run(plant, 0);
    expect(first.values).toMatchObject({ 'battery.active_power': 60, 'main.active_power': 70 });
    expect(first.answers).toEqual([
      { asset: 'battery', answer: { plan: 'e-1', seq: 1, state: 'applied', measured: 60 } },
    ]);
    expect(run(plant, 1).values['battery.state_of_charge']).toBe(0.51);
  });

  it('falls back to its safe default when the setpoint ends', () => {
    const plant = new Plant(pack, venue, gateway, { soc_ratio: null });
    plant.offer('battery', setpoint(60), epochMs(0));
    plant.offer('pv', setpoint(5), epochMs(0));
    expect(run(plant, 14).values).toMatchObject({ 'battery.active_power': 60, 'pv.active_power': 5 });
    expect(run(plant, 15).values).toMatchObject({ 'battery.active_power': 0, 'pv.active_power': 30 });
  });

  it('limits PV, and the grid makes up for it', () => {
    const plant = new Plant(pack, venue, gateway, { soc_ratio: null });
    plant.offer('pv', setpoint(12), epochMs(0));
    const { values, answers } = run(plant, 0);
    expect(values).toMatchObject({ 'pv.active_power': 12, 'main.active_power': 28 });
    expect(answers).toEqual([expect.objectContaining({ asset: 'pv' })]);
  });

  it('refuses what its assets cannot do', () => {
    const plant = new Plant(pack, venue, gateway, { soc_ratio: null });
    expect(plant.offer('battery', setpoint(60.1), epochMs(0))).toMatchObject({
      state: 'refused',
      reason: '60.1 kW is outside -60 to 60 kW',
    });
    const { id, name, stop, grid } = venue;
    expect(
      new Plant(pack, { id, name, stop, grid }, gateway, { soc_ratio: null }).offer('battery', setpoint(1), epochMs(0))
        ?.reason,
    ).toBe('arena has no battery');
  });

  it('goes on from a stored state of charge', () => {
    expect(run(new Plant(pack, venue, gateway, { soc_ratio: 0.25 }), 0).values['battery.state_of_charge']).toBe(0.25);
  });
});
