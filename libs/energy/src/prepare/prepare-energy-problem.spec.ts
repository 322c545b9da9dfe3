import { describe, expect, it } from '@jest/globals';
import type { Venue } from '#libs/games';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { energyGrid } from './energy-grid.js';
import { at, battery, flat, grid, hallOf, nothing, packOf, prepare, start, venue } from './hall.fixture.js';

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

it('plans a day of quarter hours from the one under way', () => {
  expect(energyGrid(epochMs(17 * MINUTE_MS))).toEqual({ start: 15 * MINUTE_MS, slotMs: 15 * MINUTE_MS, count: 96 });
});
