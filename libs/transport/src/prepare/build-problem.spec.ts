import { describe, expect, it } from '@jest/globals';
import { epochMs, fromCivil, type SlotGrid } from '#libs/kernel';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import { tinyPack } from './tiny-pack.fixture.js';
import { buildDispatchProblem, type ProblemInputs } from './build-problem.js';

const feedOf = (zip: Uint8Array) => {
  const read = readGtfs(zip);
  if (!read.ok) throw new Error('The feed must read.');
  return read.value;
};

const gridAt = (civil: string, count = 12): SlotGrid => ({
  start: fromCivil('Europe/Rome', Date.parse(`${civil}Z`)),
  slotMs: 300_000,
  count,
});

const build = (grid: SlotGrid, inputs: Partial<ProblemInputs> = {}) =>
  buildDispatchProblem({
    pack: tinyPack,
    feed: feedOf(zipFeed()),
    grid,
    waiting: [],
    countsOf: () => [],
    departed: [],
    ...inputs,
  });

/** The tiny pack with another transport section. */
const packWith = (transport: Partial<(typeof tinyPack)['transport']>) => ({
  ...tinyPack,
  transport: { ...tinyPack.transport, ...transport },
});

describe('buildDispatchProblem: lines', () => {
  it('puts every departure of the timetable into its slot, in civil time: each 7 minutes from 7:00 before 8:00', () => {
    const [line] = build(gridAt('2026-02-18T06:55', 14)).patterns;
    expect(line?.scheduled).toEqual([0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0]);
  });

  it("runs a night's trip after midnight on the day before's service", () => {
    const pack = packWith({ lines: [{ id: 'N', rides: [] }] });
    expect(build(gridAt('2026-02-21T01:00', 4), { pack }).patterns[0]?.scheduled).toEqual([0, 0, 1, 0]);
    expect(build(gridAt('2026-02-22T01:00', 4), { pack }).patterns[0]?.scheduled).toEqual([0, 0, 0, 0]);
  });

  it('counts slots from departure to each stop, by the slowest trip, and rounds the time until ready up', () => {
    const [line] = build(gridAt('2026-02-18T07:00')).patterns;
    expect(line).toMatchObject({ line: 'L', pattern: 'L-1', from_place: 'a', to_place: 'a', busy_slots: 4 });
    expect(line?.stops.map(({ offset_slots }) => offset_slots)).toEqual([0, 1, 2, 4]);
    // 11 km of latitude and 8 of longitude, there and back, on streets.
    expect(line?.km).toBeCloseTo(4 * 13.5 * 1.2, -1);
  });

  it('asks for every second departure of the timetable as the floor', () => {
    const [line] = build(gridAt('2026-02-18T06:55', 14)).patterns;
    expect(line?.least).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 4]);
  });

  it('makes one due at once when two have been missed, however often it plans anew', () => {
    const [late] = build(gridAt('2026-02-18T07:30', 4)).patterns;
    expect(late?.least?.[0]).toBe(1);
    const departs = gridAt('2026-02-18T07:25').start;
    const departed = [{ line: 'L', pattern: 'L-1', vehicle: 'bus-01', departs }];
    expect(build(gridAt('2026-02-18T07:30', 4), { departed }).patterns[0]?.least).toEqual([0, 0, 1, 1]);
  });

  it('has the patterns with service that day, and a closed one of what is still under way from the day before', () => {
    const weekend = gridAt('2026-02-21T09:00');
    expect(build(weekend).patterns.map(({ pattern, scheduled }) => [pattern, scheduled?.[0]])).toEqual([['L-1', 1]]);
    const pack = packWith({ lines: [{ id: 'L', rides: [] }] });
    const departs = epochMs(weekend.start - 300_000);
    const departed = [{ line: 'N', pattern: 'N-1', vehicle: 'bus-01', departs }];
    const [, closed] = build(weekend, { pack, departed }).patterns;
    expect(closed?.pattern).toBe('N-1');
    expect(new Set(closed?.most)).toEqual(new Set([0]));
  });
});

describe('buildDispatchProblem: vehicles', () => {
  it('stand in their depots, and those that are known where they are', () => {
    const grid = gridAt('2026-02-18T07:30', 18);
    const departs = epochMs(grid.start - 2 * grid.slotMs);
    const whereabouts = new Map([['bus-02', { place: 'c', ready: epochMs(grid.start + 2.5 * grid.slotMs) }]]);
    const pack = packWith({ depots: [{ id: 'depot', name: 'Depot', lat: 46.5, lon: 12.1 }], lines: [{ id: 'L', rides: [] }, { id: 'N', rides: [] }] }); // prettier-ignore
    const problem = build(grid, {
      pack,
      whereabouts,
      departed: [{ line: 'L', pattern: 'L-1', vehicle: 'bus-02', departs }],
    });
    expect(problem.vehicles).toEqual([
      { id: 'bus-01', type: 'bus', place: 'depot:depot', ready_slot: 0 },
      { id: 'bus-02', type: 'bus', place: 'c', ready_slot: 3 },
    ]);
    expect(problem.places.map(({ id }) => id)).toEqual(['a', 'c', 'depot:depot']);
    expect(problem.under_way).toEqual([{ pattern: 'L-1', vehicle: 'bus-02', type: 'bus', slot: -2 }]);
    // The depot lies at the stop a; c is 27 km of straight line away: 35 km of road at 25 km/h.
    const drive = problem.deadheads.find((one) => one.from_place === 'depot:depot' && one.to_place === 'c');
    expect(drive?.km).toBeCloseTo(35.1, 0);
    expect(drive?.slots).toBe(17);
    const short = build(gridAt('2026-02-18T07:30', 17), { pack });
    expect(short.deadheads.filter(({ slots }) => slots === 17)).toEqual([]);
  });

  it('are out when broken, off duty, or gone from the fleet', () => {
    const grid = gridAt('2026-02-18T07:30');
    const fleetOf = (duty?: { from: string; to: string }) =>
      packWith({ fleet: [{ prefix: 'bus', count: 2, type: 'bus', depot: 'depot', ...(duty && { duty }) }] });
    const vehiclesOf = (inputs: Partial<ProblemInputs>) =>
      build(grid, inputs).vehicles.map(({ id, ready_slot, until_slot }) => [id, ready_slot, until_slot]);
    expect(vehiclesOf({ broken: new Set(['bus-01']) })).toEqual([['bus-02', 0, undefined]]);
    expect(vehiclesOf({ pack: fleetOf({ from: '06:00', to: '08:00' }) })).toEqual([['bus-01', 0, 6], ['bus-02', 0, 6]]); // prettier-ignore
    expect(vehiclesOf({ pack: fleetOf({ from: '08:00', to: '09:00' }) })).toEqual([['bus-01', 6, 18], ['bus-02', 6, 18]]); // prettier-ignore
    expect(vehiclesOf({ pack: fleetOf({ from: '22:00', to: '08:00' }) })).toEqual([['bus-01', 0, 6], ['bus-02', 0, 6]]); // prettier-ignore
    expect(vehiclesOf({ pack: fleetOf({ from: '09:00', to: '10:00' }) })).toEqual([]);
  });

  it('of the electric types bring their charge, reserves their price until they are out', () => {
    const battery = { capacity_kwh: 300, reserve_kwh: 30, kwh_per_km: 1, charging_kw: 50 };
    const [bus] = tinyPack.transport.vehicle_types;
    const pack = packWith({
      vehicle_types: bus ? [{ ...bus, battery }] : [],
      fleet: [{ prefix: 'bus', count: 2, type: 'bus', depot: 'depot', call_out_cost: 80 }],
    });
    const grid = gridAt('2026-02-18T07:30');
    const whereabouts = new Map([['bus-01', { place: 'a', ready: grid.start, charge_kwh: 120 }]]);
    expect(build(grid, { pack, whereabouts }).vehicles).toEqual([
      { id: 'bus-01', type: 'bus', place: 'a', ready_slot: 0, charge_kwh: 120 },
      { id: 'bus-02', type: 'bus', place: 'a', ready_slot: 0, call_out_cost: 80 },
    ]);
  });
});

describe('buildDispatchProblem: people', () => {
  it('are shared out to rides, around the terminus of a loop in two, and those who wait are kept', () => {
    const { rides } = build(gridAt('2026-02-18T07:00', 2), {
      countsOf: (_venue, point) => (point === 'gates.out' ? [10, 4] : [8, 0]),
      waiting: [
        { line: 'L', group: 'visitors', from_stop: 'b', to_stop: 'c', accessible: false, passengers: 3 },
        { line: 'L', group: 'visitors', from_stop: 'a', to_stop: 'b', accessible: false, passengers: 2 },
      ],
    });
    const own = { line: 'L', group: 'visitors' };
    expect(rides).toEqual([
      { ...own, from_stop: 'a', to_stop: 'b', waiting: 2, arrivals: [0, 0] },
      { ...own, from_stop: 'b', to_stop: 'c', waiting: 3, arrivals: [5, 2] },
      { ...own, from_stop: 'c', to_stop: 'a', waiting: 0, arrivals: [2, 0], then: 0 },
    ]);
  });

  it('who need an accessible place ride apart', () => {
    const [line] = tinyPack.transport.lines;
    const rides = (line?.rides ?? []).slice(0, 1).map((ride) => ({ ...ride, accessible_share: 0.1 }));
    const built = build(gridAt('2026-02-18T07:00', 1), {
      pack: packWith({ lines: [{ id: 'L', rides }] }),
      countsOf: () => [20],
    });
    expect(built.rides.map(({ accessible, arrivals }) => [accessible, arrivals])).toEqual([
      [undefined, [9]],
      [true, [1]],
    ]);
  });
});
