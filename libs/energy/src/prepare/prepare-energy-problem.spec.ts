import { describe, expect, it } from '@jest/globals';
import type { Forecast } from '#libs/forecast';
import type { Pack } from '#libs/games';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { checkEnergyProblem } from '../check-problem.js';
import { energyGrid } from './energy-grid.js';
import type { EnergyInputs } from './energy-inputs.js';
import { prepareEnergyProblem } from './prepare-energy-problem.js';

type Venue = Pack['venues'][number];

const battery = {
  capacity_kwh: 100,
  power_kw: 50,
  charge_efficiency: 0.95,
  discharge_efficiency: 0.95,
  soc_min_ratio: 0.1,
  soc_max_ratio: 0.9,
  initial_soc_ratio: 0.5,
  wear_cost_per_kwh: 0.02,
};
const venue = (id: string, over: Partial<Venue> = {}): Venue => ({
  id,
  name: id,
  stop: '1',
  grid: { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 },
  ...over,
});
/** A week of quarter hours from Sunday, 28 December 2025, at a price of 1 and 2 in turn. */
const ROWS = 7 * 96;
const tariff = {
  id: 'tariff',
  startCivil: Date.UTC(2025, 11, 28),
  stepMs: 15 * MINUTE_MS,
  rows: ROWS,
  columns: new Map([
    ['price', Float64Array.from({ length: ROWS }, (_, row) => 1 + (row % 2))],
    ['carbon', new Float64Array(ROWS).fill(0.4)],
  ]),
};
const packOf = (venues: readonly Venue[], over: Partial<Pack> = {}): Pack => ({
  directory: '/p',
  games: { id: 'g', name: 'G', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 14 },
  feeders: [{ id: 'north', name: 'North', limit_kw: 440 }],
  venues,
  energy: {
    import_price_per_kwh: 'tariff.price',
    export_price_ratio: 0.25,
    carbon_kg_per_kwh: 'tariff.carbon',
    carbon_price_per_kg: 0.1,
    approval: 'automatic',
  },
  transport: {
    gtfs: 'feed.zip',
    vehicle_types: [
      {
        id: 'bus',
        seats: 10,
        standing: 0,
        accessible: 0,
        cost_per_hour: 1,
        cost_per_km: 0,
        battery: { capacity_kwh: 200, reserve_kwh: 20, kwh_per_km: 1, charging_kw: 60 },
      },
    ],
    depots: [{ id: 'yard', name: 'Yard', stop: 'a', charging_kw: 100, venue: 'hall' }],
    fleet: [{ prefix: 'bus', count: 2, type: 'bus', depot: 'yard' }],
    groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 1, late_cost_per_hour: 0 }],
    prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
    layover_s: 0,
    lines: [],
    approval: 'automatic',
  },
  gtfs: new Uint8Array(),
  sessions: {
    recording: 'tariff',
    entries: [{ id: 'final', venue: 'hall', name: 'Final', start: '2025-12-31T20:00', end: '2025-12-31T20:30' }],
  },
  recordings: new Map([['tariff', tariff]]),
  gateways: [],
  devices: [],
  ...over,
});
/** The last two hours of 2025, in eight quarters; the final would be over. */
const start = epochMs(Date.UTC(2025, 11, 31, 22));
const grid = { start, slotMs: 15 * MINUTE_MS, count: 8 };
const at = (minutes: number) => epochMs(start + minutes * MINUTE_MS);
const flat = (kw: number, count = 8): Forecast => {
  const of = (value: number): readonly number[] => new Array<number>(count).fill(value);
  return {
    method: 'seasonal_naive',
    grid: { ...grid, count },
    values: of(kw),
    rules: [],
    coverage: { last_week: 1, yesterday: 0, last_known: 0, none: 0 },
    quantiles: { p10: of(kw * 0.5), p50: of(kw), p90: of(kw * 1.5) },
    errorRatio: null,
  };
};
const prepare = (venues: readonly Venue[], over: Partial<EnergyInputs> = {}, pack: Partial<Pack> = {}) => {
  const problem = prepareEnergyProblem({
    pack: packOf(venues, pack),
    grid,
    load: new Map([['hall', flat(100)]]),
    pv: new Map([['hall', flat(10)]]),
    socRatio: new Map([['hall', 0.4]]),
    ...over,
  });
  expect(checkEnergyProblem(problem)).toEqual([]);
  return problem;
};
const hallOf = (own: Partial<Venue>, over: Partial<EnergyInputs> = {}) => {
  const [site] = prepare([venue('hall', own)], over).sites;
  if (!site) throw new Error('No hall.');
  return site;
};
const nothing = {
  stored: new Map(),
  running: new Map(),
  positions: new Map(),
  doneKwh: new Map(),
  peaks: new Map(),
};

describe('prepareEnergyProblem', () => {
  it('puts forecasts, limits and prices on the grid', () => {
    const problem = prepare([venue('hall')]);
    expect(problem).toMatchObject({ currency: 'EUR', carbon_price_per_kg: 0.1 });
    expect(problem.feeders).toEqual([{ feeder: 'north', limit_kw: 440 }]);
    expect(problem.sites[0]).toMatchObject({
      site: 'hall',
      connections: [{ connection: 'hall', feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 }],
      loads: [{ load: 'load', tier: 'normal', power_kw: flat(100).values }],
      supplies: [{ supply: 'pv', available_kw: flat(10).values }],
    });
    expect(problem.sites[0]?.connections[0]?.tariff).toMatchObject({
      import_price_per_kwh: [1, 2, 1, 2, 1, 2, 1, 2],
      export_price_per_kwh: [0.25, 0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5],
    });
  });

  it('starts a battery from its measured charge, and leaves alone one of which none is known', () => {
    const [hall, rink] = prepare([venue('hall', { battery }), venue('rink', { battery })]).sites;
    expect(hall?.stores).toMatchObject([{ store: 'battery', capacity_kwh: 100, soc_ratio: 0.4 }]);
    expect(rink?.stores).toEqual([]);
  });

  it('gives a venue without a forecast nothing to draw', () => {
    expect(prepare([venue('gate')]).sites[0]?.loads).toMatchObject([{ power_kw: flat(0).values }]);
  });

  it('plans for more load and less sun when the pack says so', () => {
    const energy = { ...packOf([]).energy, risk: { load_quantile: 0.9, sun_quantile: 0.3 } };
    const [hall] = prepare([venue('hall')], {}, { energy }).sites;
    expect(hall?.loads[0]?.power_kw).toEqual(flat(150).values);
    expect(hall?.supplies[0]?.available_kw).toEqual(flat(7.5).values);
  });
});

describe('loads', () => {
  it('are parts of the metered load by share or by their own point, and the rest', () => {
    const loads: Venue['loads'] = [
      { id: 'exits', tier: 'life_safety', share: 0.1 },
      { id: 'kitchen', tier: 'normal', point: 'kitchen.power', shed_cost_per_kwh: 2 },
    ];
    expect(hallOf({ loads }, { parts: new Map([['hall/kitchen', flat(30)]]) }).loads).toEqual([
      { load: 'load', tier: 'normal', power_kw: flat(60).values },
      { load: 'exits', tier: 'life_safety', power_kw: flat(10).values },
      { load: 'kitchen', tier: 'normal', power_kw: flat(30).values, shed_cost_per_kwh: 2 },
    ]);
  });

  it('say what holds them through a dip, and what a dip does to them', () => {
    const loads: Venue['loads'] = [
      { id: 'cameras', tier: 'broadcast', share: 0.1, ups: { power_kw: 12, autonomy_minutes: 20 } },
      { id: 'lights', tier: 'broadcast', share: 0.3, restrike_minutes: 10 },
    ];
    expect(hallOf({ loads }).loads.slice(1)).toEqual([
      { load: 'cameras', tier: 'broadcast', power_kw: flat(10).values, ups: { power_kw: 12, autonomy_min: 20 } },
      { load: 'lights', tier: 'broadcast', power_kw: flat(30).values, restrike_min: 10 },
    ]);
  });

  it('that follow what is asked of cold leave the meter when their store is planned', () => {
    const store = {
      capacity_kwh: 90,
      power_kw: 40,
      soc_min_ratio: 0.2,
      soc_max_ratio: 0.8,
      initial_soc_ratio: 0.5,
      loss_ratio_per_hour: 0.01,
    };
    const thermal: Venue['thermal'] = [
      { id: 'ice', machine: { id: 'chiller', capacity_kw: 80, cop: 3 }, store, share: 0.2, point: 'ice.state' },
    ];
    const planned = hallOf({ thermal }, { measured: { ...nothing, stored: new Map([['hall/ice', 0.7]]) } });
    expect(planned.loads).toEqual([
      { load: 'load', tier: 'normal', power_kw: flat(80).values },
      { load: 'ice.asked', bus: 'ice', tier: 'normal', power_kw: flat(60).values },
    ]);
    expect(planned.stores).toMatchObject([{ store: 'ice', bus: 'ice', soc_ratio: 0.7, soc_min_ratio: 0.2 }]);
    expect(planned.units).toMatchObject([
      { unit: 'chiller', outputs: [{ bus: 'ice', per_kw: 1 }], inputs: [{ bus: 'power', per_kw: 1 / 3 }] },
    ]);
    expect(hallOf({ thermal })).toMatchObject({ loads: [{ power_kw: flat(100).values }], stores: [], units: [] });
  });
});

describe('the grid', () => {
  const feeders = [
    { id: 'station', name: 'Station', limit_kw: 600, peak_price_per_kw_month: 12 },
    { id: 'north', name: 'North', limit_kw: 440, parent: 'station' },
  ];
  const connections = [
    {
      id: 'hall-b',
      feeder: 'station',
      import_limit_kw: 60,
      export_limit_kw: 0,
      outages: [{ from: '2025-12-31T22:20', until: '2025-12-31T22:30' }],
    },
  ];

  const peaksOf = (reached?: { month_kw: number; usual_kw: number }) => {
    const late = { ...grid, start: at(60) };
    const measured = { ...nothing, peaks: new Map(reached && [['station', reached]]) };
    const problem = prepare([venue('hall')], { grid: late, measured, load: new Map(), pv: new Map() }, { feeders });
    expect(problem.feeders[1]).toEqual({ feeder: 'north', limit_kw: 440, parent: 'station' });
    return problem.feeders[0]?.tariff?.peaks;
  };
  /** An hour of January's 744. */
  const part = 12 / 744;

  it('is a tree with peaks by calendar month: what the month has reached is sunk, the next begins at nothing', () => {
    expect(peaksOf({ month_kw: 300, usual_kw: 350 })).toEqual([
      { from_slot: 0, until_slot: 4, price_per_kw: 12, so_far_kw: 300 },
      { from_slot: 4, until_slot: 8, price_per_kw: part, so_far_kw: 0 },
      { from_slot: 4, until_slot: 8, price_per_kw: 12 - part, so_far_kw: 350 },
    ]);
  });

  it('prices a kW by the part of the month when nobody knows what a month reaches', () => {
    expect(peaksOf()).toEqual([
      { from_slot: 0, until_slot: 4, price_per_kw: 12, so_far_kw: 0 },
      { from_slot: 4, until_slot: 8, price_per_kw: part, so_far_kw: 0 },
    ]);
  });

  it('has connections that are dead by the pack, by word, or with what they hang on', () => {
    const availableOf = (of: 'connection' | 'feeder', id: string) =>
      prepare(
        [venue('hall', { connections })],
        { outages: [{ of, id, from: at(-5), until: at(10) }] },
        { feeders },
      ).sites[0]?.connections.map(({ available }) => available);
    const [first, second] = [0, 1].map((dead) => [0, 1, 2, 3, 4, 5, 6, 7].map((slot) => (slot === dead ? 0 : 1)));
    const both = [0, 0, 1, 1, 1, 1, 1, 1];
    expect(availableOf('connection', 'hall')).toEqual([first, second]);
    expect(availableOf('connection', 'hall-b')).toEqual([undefined, both]);
    expect(availableOf('feeder', 'north')).toEqual([first, second]);
    expect(availableOf('feeder', 'station')).toEqual([first, both]);
  });
});

describe('generators', () => {
  const generators: Venue['generators'] = [
    {
      id: 'genset',
      capacity_kw: 80,
      min_kw: 25,
      start_cost: 5,
      stop_cost: 1,
      min_up_minutes: 40,
      min_down_minutes: 30,
      fuel: {
        curve: [
          [25, 9],
          [80, 23],
        ],
        price: 1.4,
        carbon_kg: 2.7,
      },
      point: 'genset.power',
    },
  ];
  const measured = { ...nothing, running: new Map([['hall/genset', { on: true, slots: 2 }]]) };

  it('go on from whether they run, and are left out when nobody knows', () => {
    expect(hallOf({ generators }, { measured }).units).toMatchObject([
      {
        unit: 'genset',
        capacity_kw: 80,
        commitment: { min_kw: 25, min_up_slots: 3, min_down_slots: 2, on: true, slots_so: 2 },
      },
    ]);
    expect(hallOf({ generators }).units).toEqual([]);
  });

  it('that are out are off, whatever their least time', () => {
    const out = (until: number) =>
      hallOf(
        { generators },
        { measured, outages: [{ of: 'generator', id: 'hall/genset', from: at(0), until: at(until) }] },
      ).units;
    expect(out(30)).toMatchObject([
      { capacity_kw: [0, 0, 80, 80, 80, 80, 80, 80], commitment: { on: false, slots_so: 8 } },
    ]);
    expect(out(120)).toEqual([]);
  });
});

describe('tasks', () => {
  const snow = { id: 'snow', energy_kwh: 60, power_kw: 30, point: 'snow.power' };
  const tasksOf = (from: string, until: string, done: number, interruptible = true) =>
    hallOf(
      { tasks: [{ ...snow, from, until, interruptible }] },
      { measured: { ...nothing, doneKwh: new Map([['hall/snow', done]]) } },
    ).tasks;

  it('have their window of the day, and what is left of it when it is open', () => {
    expect(tasksOf('22:30', '23:45', 0)).toMatchObject([{ energy_kwh: 60, from_slot: 2, until_slot: 7 }]);
    expect(tasksOf('21:00', '23:00', 45)).toMatchObject([{ energy_kwh: 15, from_slot: 0, until_slot: 4 }]);
    expect(tasksOf('21:00', '23:00', 60)).toEqual([]);
  });

  it('that the grid cuts off are left to later plans', () => expect(tasksOf('23:00', '06:00', 0)).toEqual([]));

  it('that have begun and must not pause go on now', () => {
    expect(tasksOf('21:00', '23:45', 45, false)).toMatchObject([{ energy_kwh: 15, from_slot: 0, until_slot: 2 }]);
  });
});

describe('sessions', () => {
  const session = { venue: 'hall', session: 'final-2025-12-31' };
  const secured = (state: 'running' | 'cancelled', expectedEnd: number | null, from = start) =>
    hallOf(
      { secured_sessions: true },
      {
        grid: { ...grid, start: from },
        sessions: [{ ...session, state, expectedEnd: expectedEnd === null ? null : at(expectedEnd) }],
        load: new Map(),
        pv: new Map(),
      },
    ).secured_slots;
  const eight = epochMs(start - 2 * HOUR_MS);

  it('secure their slots, also those that run longer than planned', () => {
    expect(secured('running', null, eight)).toEqual([0, 1]);
    expect(secured('running', 20)).toEqual([0, 1]);
    expect(secured('running', null)).toEqual([0, 1]);
    expect(secured('cancelled', null, eight)).toBeUndefined();
  });

  it('ask for charge at the end of the slot before', () => {
    const from = epochMs(eight - 30 * MINUTE_MS);
    const [store] = hallOf(
      { battery: { ...battery, session_soc_ratio: 0.8 } },
      { grid: { ...grid, start: from } },
    ).stores;
    expect(store?.targets).toEqual([{ slot: 1, soc_ratio: 0.8 }]);
  });
});

describe('charging at a depot', () => {
  it('is a task in the slots between arrival and departure behind the limit of the chargers, of what is left', () => {
    const site = hallOf(
      {},
      {
        charging: [
          { vehicle: 'bus-01', depot: 'yard', kwh: 40, start: at(-20), end: at(20) },
          { vehicle: 'bus-02', depot: 'yard', kwh: 30, start: at(50), end: at(135) },
        ],
      },
    );
    expect(site.tasks).toEqual([
      {
        task: 'yard.bus-01',
        bus: 'yard.chargers',
        energy_kwh: 20,
        power_kw: 60,
        from_slot: 0,
        until_slot: 2,
        interruptible: true,
      },
      {
        task: 'yard.bus-02',
        bus: 'yard.chargers',
        energy_kwh: 30,
        power_kw: 60,
        from_slot: 4,
        until_slot: 9,
        interruptible: true,
      },
    ]);
    expect(site.units).toMatchObject([
      { unit: 'yard.chargers', capacity_kw: 100, inputs: [{ bus: 'power', per_kw: 1 }] },
    ]);
  });
});

it('plans a day of quarter hours from the one under way', () => {
  expect(energyGrid(epochMs(17 * MINUTE_MS))).toEqual({ start: 15 * MINUTE_MS, slotMs: 15 * MINUTE_MS, count: 96 });
});
