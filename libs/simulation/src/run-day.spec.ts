import { afterAll, describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { createSolver } from '#libs/lp';

import type { Overlay } from './overlays/overlay-schema.js';
import { runDay } from './run-day.js';
import { USUAL_POLICIES } from './scenario.js';
import { electricPack, tinyFeed, tinyPack, tinyScenario } from './tiny-day.fixture.js';
import { drawWorld, EXPECTED_WORLD } from './world/world.js';

describe('three hours of a simulated day', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());
  const run = (which: 'planned' | 'without_plan', overlays: Overlay[] = []) =>
    runDay({
      scenario: { ...tinyScenario, overlays },
      pack: tinyPack,
      feed: tinyFeed,
      solver,
      policy: USUAL_POLICIES[which],
      world: EXPECTED_WORLD,
      hours: 3,
    });

  it('drive the timetable and leave batteries alone without the planners', async () => {
    const indicators = await run('without_plan');
    // 10, 30 and 10 kWh, 5 of them over the limit; 18 departures of 20 minutes; somebody comes each minute, and the last ten wait at the end.
    expect(indicators).toMatchObject({
      energy_cost: expect.closeTo(10 * 0.1 + 30 * 0.5 + 10 * 0.1),
      peak_import_kw: expect.closeTo(30),
      over_limit_kwh: expect.closeTo(5),
      carbon_kg: expect.closeTo(10),
      unserved_passengers: 10,
      mean_wait_s: 300,
      vehicle_hours: 6,
    });
  });

  it('lose every second departure with one bus instead of two', async () => {
    expect(await run('without_plan', [{ kind: 'fleet', count: 1 }])).toMatchObject({
      vehicle_hours: 3,
      mean_wait_s: 600,
      energy_cost: expect.closeTo(17),
    });
  });

  it('count who is late for a session, how dense people stand, what is driven, and alarms', async () => {
    const recording = tinyPack.recordings.get('week');
    if (!recording) throw new Error('The tiny day has a recording.');
    const pack: Pack = {
      ...tinyPack,
      recordings: new Map([['week', { ...recording, startCivil: Date.UTC(2026, 0, 5) }]]),
      sessions: {
        recording: 'week',
        entries: [{ id: 'match', venue: 'field', name: 'Match', start: '2026-01-05T02:00', end: '2026-01-05T04:00' }],
      },
      transport: { ...tinyPack.transport, load_zones: [{ stop: 'a', area_m2: 5, most_per_m2: 1.5 }] },
    };
    const scenario = { ...tinyScenario, overlays: [{ kind: 'fleet' as const, count: 1 }] };
    const policy = USUAL_POLICIES.without_plan;
    const options = { scenario, pack, feed: tinyFeed, solver, policy, world: EXPECTED_WORLD, hours: 3 };
    // A bus every 20 minutes in place of 10: those of 1:40 to 1:45 reckon to be there by 2:00 and come at 2:10. Up to 20 people wait, more than 7 from the 8th minute on. The last bus is on its way at the end.
    // One alarm, of the hall's connection.
    expect(await runDay(options)).toMatchObject({
      late_arrivals: 5,
      peak_density_per_m2: expect.closeTo(20 / 5),
      dense_minutes: 8 * 13 + 12,
      vehicle_hours: 3,
      driver_hours: expect.closeTo(8 / 3),
      empty_share: 0,
      import_kwh: expect.closeTo(50),
      alarms: 1,
    });
  });

  it.each(['without_plan', 'planned'] as const)(
    'leave everybody waiting for a line that is closed, %s',
    async (which) => {
      expect(await run(which, [{ kind: 'line', line: 'L', closed: true }])).toMatchObject({
        vehicle_hours: 0,
        departures: 0,
        unserved_passengers: 180,
      });
    },
  );

  it('keep the limit, for less, with the planners', async () => {
    const indicators = await run('planned');
    expect(indicators['over_limit_kwh']).toBeCloseTo(0);
    // At least 20 of the 30 dear kWh are bought: the battery gives 10 kW.
    expect(indicators['energy_cost']).toBeGreaterThan(12.9);
    expect(indicators['energy_cost']).toBeLessThan(16);
    // A third bus is worth its price: no more than 3 x 3 hours, and nobody waits as long as for the timetable.
    expect(indicators['vehicle_hours']).toBeLessThanOrEqual(9);
    expect(indicators['mean_wait_s']).toBeLessThan(300);
    expect(indicators['mean_wait_s']).toBeGreaterThan(60);
  });

  it('come out the same every time', async () => {
    expect(JSON.stringify(await run('planned'))).toBe(JSON.stringify(await run('planned')));
  });
});

describe('three hours of electric buses', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());
  // Three buses; the battery lasts for two rounds of the 3.3 km and is filled in 20 minutes. The hall has a connection for it.
  const stop = (stop_id: string, stop_lat: number) => [stop_id, { stop_id, stop_lat, stop_lon: 11 }] as const;
  const feed = { ...tinyFeed, stops: new Map([stop('a', 46), stop('b', 46.0125)]) };
  const battery = { capacity_kwh: 8, reserve_kwh: 0, kwh_per_km: 1, charging_kw: 24 };
  const { transport } = electricPack;
  const pack: Pack = {
    ...electricPack,
    venues: electricPack.venues.map((venue) => ({ ...venue, grid: { ...venue.grid, import_limit_kw: 90 } })),
    transport: { ...transport, vehicle_types: transport.vehicle_types.map((type) => ({ ...type, battery })) },
  };
  const run = (which: 'planned' | 'without_plan', of: Pack = pack) =>
    runDay({ scenario: tinyScenario, pack: of, feed, solver, policy: USUAL_POLICIES[which], world: EXPECTED_WORLD, hours: 3 }); // prettier-ignore

  it('end when batteries do, by a timetable that charges nobody', async () => {
    expect(await run('without_plan')).toMatchObject({ departures: 6 });
    expect(await run('without_plan', tinyPack)).toMatchObject({ departures: 18 });
  });

  it('go on with the plans, which charge them, and what they take is bought', async () => {
    const indicators = await run('planned');
    const diesel = await run('planned', { ...pack, transport: tinyPack.transport });
    const of = (indicator: string): number => (indicators[indicator] ?? NaN) - (diesel[indicator] ?? NaN);
    // Not all 18: stays of ten minutes are short for an energy plan of quarter hours.
    expect(indicators['departures']).toBeGreaterThan(9);
    // A kWh for each km that they drive was bought, but for what they miss in the end. It is no cost of the venues.
    expect(of('import_kwh')).toBeCloseTo(Number(indicators['vehicle_km']) - Number(indicators['uncharged_kwh']), 6);
    expect(Math.abs(of('energy_cost'))).toBeLessThan(1);
    expect(indicators['over_limit_kwh']).toBeCloseTo(0);
  });

  it('go to their depot to charge, where that is at the other end', async () => {
    const depots = transport.depots.map((depot) => ({ ...depot, stop: 'b', venue: 'field' }));
    const indicators = await run('planned', { ...pack, transport: { ...pack.transport, depots } });
    expect(indicators['departures']).toBeGreaterThan(6);
    expect(indicators['empty_share']).toBeGreaterThan(0.1);
  });
});

describe('three hours of people who change lines', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());
  // The hall is at b now, the field at c: by L to a, and on with M, which leaves there five minutes after L is back.
  const [hall, field] = tinyPack.venues;
  const journey = tinyPack.transport.lines[0]?.rides[0];
  const l1 = tinyFeed.trips.get('l1');
  if (!hall || !field || !journey || !l1) throw new Error('The tiny day has two venues and a line.');
  const m1 = {
    ...l1,
    id: 'm1',
    line: 'M',
    stops: l1.stops.map((call) => (call.stop === 'b' ? { ...call, stop: 'c' } : call)),
    headways: [{ startS: 300, endS: 24 * 3600, headwayS: 600 }],
  };
  const run = (which: 'planned' | 'without_plan') =>
    runDay({
      scenario: { ...tinyScenario, overlays: [{ kind: 'fleet', count: 4 }] },
      pack: {
        ...tinyPack,
        venues: [
          { ...hall, stop: 'b' },
          { ...field, stop: 'c' },
        ],
        transport: {
          ...tinyPack.transport,
          lines: [
            { id: 'L', rides: [] },
            { id: 'M', rides: [] },
          ],
          journeys: [journey],
        },
      },
      feed: { ...tinyFeed, trips: new Map([...tinyFeed.trips, ['m1', m1]]) },
      solver,
      policy: USUAL_POLICIES[which],
      world: EXPECTED_WORLD,
      hours: 3,
    });

  it('wait twice by the timetable', async () => {
    // Of 180 people, ten still wait at b; 170 waited five minutes there, the 160 of them who are at a by then five minutes more.
    expect(await run('without_plan')).toMatchObject({
      unserved_passengers: 10,
      mean_wait_s: expect.closeTo(((180 * 5 + 160 * 5) / 180) * 60),
      vehicle_hours: expect.closeTo((18 + 18) / 3),
    });
  });

  it('wait less by the plans, which expect them on both lines', async () => {
    const indicators = await run('planned');
    expect(indicators['unserved_passengers']).toBeLessThanOrEqual(20);
    expect(indicators['mean_wait_s']).toBeLessThan(450);
    expect(indicators['vehicle_hours']).toBeLessThanOrEqual(12);
  });
});

describe('a drawn day', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());
  // Beside line L, M takes as many people of the staff from the hall to the field, which is at c for them.
  const l1 = tinyFeed.trips.get('l1');
  const ride = tinyPack.transport.lines[0]?.rides[0];
  const [hall, field] = tinyPack.venues;
  if (!l1 || !ride || !hall || !field) throw new Error('The tiny day has a line.');
  const m1 = { ...l1, id: 'm1', line: 'M', stops: l1.stops.map((call) => (call.stop === 'b' ? { ...call, stop: 'c' } : call)) }; // prettier-ignore
  const pack = {
    ...tinyPack,
    venues: [hall, field, { ...field, id: 'camp', stop: 'c' }],
    transport: {
      ...tinyPack.transport,
      fleet: tinyPack.transport.fleet.map((one) => ({ ...one, count: 6 })),
      groups: [...tinyPack.transport.groups, { id: 'staff', name: 'Staff', waiting_cost_per_hour: 12, late_cost_per_hour: 0 }], // prettier-ignore
      lines: [
        { id: 'L', rides: [ride] },
        { id: 'M', rides: [{ ...ride, to: 'camp', group: 'staff' }] },
      ],
    },
  };
  const run = (overlays: Overlay[], seed = 5) =>
    runDay({
      scenario: { ...tinyScenario, overlays },
      pack,
      feed: { ...tinyFeed, trips: new Map([...tinyFeed.trips, ['m1', m1]]) },
      solver,
      policy: USUAL_POLICIES.without_plan,
      world: drawWorld(seed, 1),
      hours: 3,
    });

  it('is the same with the same seed, and another with another', async () => {
    const first = await run([]);
    expect(await run([])).toEqual(first);
    expect((await run([], 6))['mean_wait_s']).not.toBe(first['mean_wait_s']);
  });

  it('leaves the people of one line as they were when the road of another is slow', async () => {
    const [before, after] = [await run([]), await run([{ kind: 'road', lines: ['M'], travel_time_scale: 3 }])];
    expect(after['mean_wait_s.visitors']).toBe(before['mean_wait_s.visitors']);
    expect(after['worst_wait_s.visitors']).toBe(before['worst_wait_s.visitors']);
    expect(after['mean_wait_s.staff']).toBeGreaterThan(before['mean_wait_s.staff'] ?? Infinity);
  });
});
