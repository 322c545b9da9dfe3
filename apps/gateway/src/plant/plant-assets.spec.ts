import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { Gateway, Pack, Point, Recording, Venue } from '#libs/games';
import { Plant } from './plant.js';

/** A week of hours in which the load is 100 kW and PV 30 kW. */
const week: Recording = {
  id: 'week',
  startCivil: 0,
  stepMs: 60 * MINUTE_MS,
  rows: 168,
  columns: new Map([
    ['load', new Float64Array(168).fill(100)],
    ['pv', new Float64Array(168).fill(30)],
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
/** Every asset that takes setpoints; half an hour after the epoch its connection dies for ten minutes. */
const venue: Venue = {
  id: 'arena',
  name: 'Arena',
  stop: '1',
  grid: {
    feeder: 'north',
    import_limit_kw: 100,
    export_limit_kw: 0,
    outages: [{ from: '1970-01-01T00:30', until: '1970-01-01T00:40' }],
  },
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
  loads: [
    { id: 'exits', tier: 'life_safety', share: 0.1 },
    { id: 'kitchen', tier: 'normal', share: 0.2, shed_cost_per_kwh: 2 },
  ],
  generators: [
    {
      id: 'genset',
      capacity_kw: 80,
      min_kw: 25,
      start_cost: 0,
      stop_cost: 0,
      min_up_minutes: 0,
      min_down_minutes: 0,
      fuel: {
        curve: [
          [25, 9],
          [80, 23],
        ],
        price: 1,
        carbon_kg: 1,
      },
      point: 'genset.power',
    },
  ],
  thermal: [
    {
      id: 'ice',
      machine: { id: 'chiller', capacity_kw: 90, cop: 3 },
      store: {
        capacity_kwh: 60,
        power_kw: 60,
        soc_min_ratio: 0.2,
        soc_max_ratio: 0.8,
        initial_soc_ratio: 0.5,
        loss_ratio_per_hour: 0,
      },
      share: 0.1,
      point: 'ice.state',
    },
  ],
  tasks: [{ id: 'snow', energy_kwh: 60, power_kw: 20, from: '00:00', until: '06:00', point: 'snow.power' }],
};
const point = (id: string, kind: Point['kind'], column?: string): Point => ({
  id,
  kind,
  unit: kind === 'switch_position' ? 'position' : kind.endsWith('soc') ? 'ratio' : 'kW',
  min: -1_000,
  max: 1_000,
  interval_s: 60,
  ...(column !== undefined && { recorded: { series: `week.${column}`, scale: 1, rule: 'linear' as const } }),
});
const gateway: Gateway = {
  id: 'gw1',
  venue: 'arena',
  points: [
    point('load.power', 'load_power', 'load'),
    point('pv.power', 'pv_power', 'pv'),
    point('battery.power', 'battery_power'),
    point('battery.soc', 'battery_soc'),
    point('main.power', 'grid_power'),
    point('genset.power', 'asset_power'),
    point('snow.power', 'asset_power'),
    point('ice.state', 'store_soc'),
  ],
};
const TOLD = { battery: -20, pv: 10, kitchen: 5, genset: 30, chiller: 60, snow: 15 };
const setpoint = (value: number) => ({
  plan: 'e-1',
  seq: 1,
  issued: 0,
  from: 0,
  valid_until: 15 * MINUTE_MS,
  value,
  unit: 'kW' as const,
});
const plantOf = (stored = 0.5) => new Plant(pack, venue, gateway, { soc_ratio: null, stored: { ice: stored } });
const run = (plant: Plant, minute: number) => {
  const { readings, answers } = plant.run(epochMs(minute * MINUTE_MS));
  return { values: Object.fromEntries(readings.map(({ point: id, value }) => [id, value])), answers };
};
/** The battery idle, the sun free, the kitchen on, the generator off, the chiller as asked, the snow machine waiting. */
const SAFE = { 'battery.power': 0, 'pv.power': 30, 'genset.power': 0, 'snow.power': 0, 'main.power': 70 };

describe('every asset of the reference plant', () => {
  it('rests at its safe default without setpoints', () => {
    expect(run(plantOf(), 0).values).toMatchObject({ ...SAFE, 'load.power': 100, 'ice.state': 0.5 });
  });

  it('does as it is told, and says so', () => {
    const plant = plantOf();
    for (const [asset, value] of Object.entries(TOLD)) {
      expect(plant.has(asset)).toBe(true);
      expect(plant.offer(asset, setpoint(value), epochMs(0))?.state).toBe('received');
    }
    const { values, answers } = run(plant, 0);
    // 100 asked, 15 of the kitchen shed, 20 of the chiller for 10, 15 of snow, less 20 of the battery, 10 of the sun and 30 of the generator.
    expect(values).toMatchObject({
      'battery.power': -20,
      'pv.power': 10,
      'genset.power': 30,
      'snow.power': 15,
      'main.power': 100 - 15 + 10 + 15 - 20 - 10 - 30,
    });
    expect(Object.fromEntries(answers.map(({ asset, answer }) => [asset, answer.measured]))).toEqual(TOLD);
    expect(answers.every(({ answer }) => answer.state === 'applied')).toBe(true);
    // 60 kW of cold for 30 that are asked: half a kWh of 60.
    expect(run(plant, 1).values['ice.state']).toBeCloseTo(0.5 + 0.5 / 60, 5);
  });

  it('falls back to its safe default when no fresh setpoint comes', () => {
    const plant = plantOf();
    for (const [asset, value] of Object.entries(TOLD)) plant.offer(asset, setpoint(value), epochMs(0));
    for (let minute = 0; minute < 15; minute += 1) run(plant, minute);
    expect(run(plant, 15).values).toMatchObject(SAFE);
  });

  it('refuses what it cannot do', () => {
    const plant = plantOf();
    const refused = { battery: 61, pv: -1, kitchen: -1, genset: 81, chiller: 91, snow: 21 };
    for (const [asset, value] of Object.entries(refused))
      expect(plant.offer(asset, setpoint(value), epochMs(0))?.state).toBe('refused');
    expect(plant.has('exits')).toBe(false);
  });
});

describe('the safe default', () => {
  it('of a chiller is its thermostat: full on below the band, off above it', () => {
    // 10 kW of the metered load are the chiller's: 30 kW of cold. Full on it takes 30 kW.
    expect(run(plantOf(0.1), 0).values['main.power']).toBe(90);
    expect(run(plantOf(0.9), 0).values['main.power']).toBe(60);
  });

  it('of a generator is off, but where no connection is alive: then it carries what is missing', () => {
    const plant = plantOf();
    expect(run(plant, 29).values).toMatchObject({ 'genset.power': 0, 'main.power': 70 });
    expect(run(plant, 30).values).toMatchObject({ 'genset.power': 70, 'main.power': 0 });
    expect(run(plant, 40).values).toMatchObject({ 'genset.power': 0, 'main.power': 70 });
  });
});

it('goes on from what its stores held', () => {
  const plant = plantOf(0.25);
  expect(plant.state).toEqual({ soc_ratio: 0.5, stored: { ice: 0.25 } });
  expect(run(plant, 0).values['ice.state']).toBe(0.25);
});

describe('a transfer switch', () => {
  const terms = { import_limit_kw: 100, export_limit_kw: 0 };
  const outages = [{ from: '1970-01-01T00:35', until: '1970-01-01T00:45' }];
  const switched: Venue = {
    ...venue,
    connections: [{ id: 'arena-b', feeder: 'south', ...terms, outages }],
    switches: [
      {
        ...{ id: 'transfer', connections: ['arena', 'arena-b'], point: 'transfer.position' },
        ...{ operation_cost: 0, most_operations: 2 },
      },
    ],
  };
  const points = [...gateway.points, point('transfer.position', 'switch_position')];
  const plantWith = () => new Plant(pack, switched, { ...gateway, points }, { soc_ratio: null });
  const told = (value: number) => ({
    ...setpoint(value),
    unit: 'position' as const,
    valid_until: 60 * MINUTE_MS,
  });

  it('stands on its first connection, goes where it is told, and refuses a position that it has not', () => {
    const plant = plantWith();
    expect(plant.has('transfer')).toBe(true);
    expect(run(plant, 0).values['transfer.position']).toBe(1);
    expect(plant.offer('transfer', told(2), epochMs(0))?.state).toBe('received');
    const { values, answers } = run(plant, 1);
    expect(values['transfer.position']).toBe(2);
    expect(answers).toMatchObject([{ asset: 'transfer', answer: { state: 'applied', measured: 2 } }]);
    expect(plant.offer('transfer', { ...told(3), seq: 2 }, epochMs(0))?.state).toBe('refused');
  });

  it('leaves a connection that dies for one that is alive; with neither, generators carry the venue', () => {
    const plant = plantWith();
    const at = (minute: number) => run(plant, minute).values;
    // The first is dead from 30 to 40, the other from 35 to 45.
    expect(at(30)).toMatchObject({ 'transfer.position': 2, 'main.power': 70, 'genset.power': 0 });
    expect(at(35)).toMatchObject({ 'transfer.position': 0, 'main.power': 0, 'genset.power': 70 });
    expect(at(40)).toMatchObject({ 'transfer.position': 1, 'main.power': 70, 'genset.power': 0 });
  });
});
