import { describe, expect, it } from '@jest/globals';
import { epochMs, fromCivil, type SlotGrid } from '#libs/kernel';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import { buildDispatchProblem, type DispatchInputs } from './build-dispatch-problem.js';
import { tinyPack } from './tiny-pack.fixture.js';

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

const build = (grid: SlotGrid, inputs: Partial<DispatchInputs> = {}) =>
  buildDispatchProblem({
    pack: tinyPack,
    feed: feedOf(zipFeed()),
    grid,
    waiting: [],
    countsOf: () => [],
    departed: [],
    ...inputs,
  });

describe('buildDispatchProblem', () => {
  it('puts every departure of the timetable into its slot, in civil time: each 7 minutes from 7:00 before 8:00', () => {
    const [line] = build(gridAt('2026-02-18T06:55', 14)).patterns;
    expect(line?.scheduled).toEqual([0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0]);
  });

  it("runs a night's trip after midnight on the day before's service", () => {
    const night = { ...tinyPack, transport: { ...tinyPack.transport, lines: [{ id: 'N', rides: [] }] } };
    expect(build(gridAt('2026-02-21T01:00', 4), { pack: night }).patterns[0]?.scheduled).toEqual([0, 0, 1, 0]);
    expect(build(gridAt('2026-02-22T01:00', 4), { pack: night }).patterns[0]?.scheduled).toEqual([0, 0, 0, 0]);
  });

  it('counts slots from departure to each stop, by the slowest trip, and rounds the cycle with layover up', () => {
    const [line] = build(gridAt('2026-02-18T07:00')).patterns;
    expect(line).toMatchObject({ line: 'L', pattern: 'L-1', seats: 20, cycle_slots: 4 });
    expect(line?.stops.map(({ offset_slots }) => offset_slots)).toEqual([0, 1, 2, 4]);
  });

  it('keeps every second departure of the timetable as the floor', () => {
    const [line] = build(gridAt('2026-02-18T06:55', 14)).patterns;
    expect(line?.least).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 4]);
  });

  it('makes one due at once when two have been missed, however often it plans anew', () => {
    const [late] = build(gridAt('2026-02-18T07:30', 4)).patterns;
    expect(late?.least[0]).toBe(1);
    const departs = gridAt('2026-02-18T07:25').start;
    const served = build(gridAt('2026-02-18T07:30', 4), { departed: [{ line: 'L', vehicle: 'bus-01', departs }] });
    expect(served.patterns[0]?.least).toEqual([0, 0, 1, 1]);
  });

  it('has the vehicles that left come back after their cycle', () => {
    const grid = gridAt('2026-02-18T07:30');
    const departs = epochMs(grid.start - 2 * grid.slotMs);
    const problem = build(grid, { departed: [{ line: 'L', vehicle: 'bus-02', departs }] });
    expect(problem.vehicles).toEqual(['bus-01', 'bus-02']);
    expect(problem.ready_slot).toEqual({ 'bus-02': 2 });
    expect(problem.under_way).toEqual([{ line: 'L', vehicle: 'bus-02', slot: -2 }]);
  });

  it('shares counts out to rides, and keeps people who wait for a ride that is none of the pack', () => {
    const { demand } = build(gridAt('2026-02-18T07:00', 2), {
      countsOf: (_venue, point) => (point === 'gates.out' ? [10, 4] : [8, 0]),
      waiting: [
        { line: 'L', from_stop: 'b', to_stop: 'c', passengers: 3 },
        { line: 'L', from_stop: 'a', to_stop: 'b', passengers: 2 },
      ],
    });
    expect(demand).toEqual([
      { line: 'L', from_stop: 'b', to_stop: 'c', waiting: 3, arrivals: [5, 2] },
      { line: 'L', from_stop: 'c', to_stop: 'b', waiting: 0, arrivals: [2, 0] },
      { line: 'L', from_stop: 'a', to_stop: 'b', waiting: 2, arrivals: [0, 0] },
    ]);
  });
});
