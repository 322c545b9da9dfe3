import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, epochMs, fromCivil, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { checkDispatch } from '../check/check-dispatch.js';
import { readInstance } from '../instances/read-instance.js';
import type { DispatchProblem } from '../problem/problem.js';
import { solveDispatch } from '../search/solve.js';
import { type DispatchSituation, listCounters, prepareDispatch } from './prepare-dispatch.js';
import { journeyTo, townFeed, townPack, UVW } from './transfer-town.fixture.js';

const SLOT_MS = 5 * MINUTE_MS;
const feed = townFeed(UVW);
const at = (hour: number) => fromCivil('Europe/Rome', Date.UTC(2026, 1, 18) + hour * HOUR_MS);
const now = at(9);

/** So many people out of the gates at a in every slot of eight days. */
const everySlot = (people: number, until = now): DispatchSituation['people'] => {
  const start = epochMs(until - 8 * DAY_MS);
  const count = (8 * DAY_MS) / SLOT_MS;
  const counted = { grid: { start, slotMs: SLOT_MS, count }, values: new Array<number>(count).fill(people) };
  return [{ venue: 'at-a', point: 'gates.out', counted }];
};

const prepare = (pack: DispatchSituation['pack'], inputs: Partial<DispatchSituation> = {}) =>
  prepareDispatch({ pack, feed, now, people: everySlot(12), departed: [], kept: [], ...inputs });

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const comeFor = ({ rides }: DispatchProblem, line: string): readonly number[] =>
  rides.find((ride) => ride.line === line)?.arrivals ?? [];

describe('prepareDispatch: journeys', () => {
  it('has everybody come to the first line and, once, to the second: those too who set out before the plan begins', () => {
    const { problem } = prepare(townPack(UVW, journeyTo('c')));
    expect(problem.rides.map(({ line, from_stop, to_stop, then }) => [line, from_stop, to_stop, then])).toEqual([['U', 'a', 'b', undefined], ['V', 'b', 'c', undefined]]); // prettier-ignore
    for (const line of ['U', 'V']) for (const people of comeFor(problem, line)) expect(people).toBeCloseTo(6, 6);
  });

  it('counts who waits for either line by what has left', () => {
    // A bus every ten minutes on each, the last one two slots ago: who came since then still waits.
    const times = Array.from({ length: 18 }, (_, index) => epochMs(now - (index + 1) * 2 * SLOT_MS));
    const departed = times.flatMap((departs) => [
      { line: 'U', pattern: 'U-1', vehicle: 'bus-01', departs },
      { line: 'V', pattern: 'V-1', vehicle: 'bus-02', departs },
    ]);
    const { queues } = prepare(townPack(UVW, journeyTo('c')), { departed });
    expect(queues.lines).toEqual([
      { line: 'U', queue: expect.closeTo(12, 6) },
      { line: 'V', queue: expect.closeTo(12, 6) },
    ]);
  });

  it('adds them to who rides that line anyway', () => {
    const pack = townPack(UVW, journeyTo('c', { share: 0.25 }));
    const lines = [{ id: 'U', rides: [journeyTo('b', { share: 0.5 })] }, ...pack.transport.lines.slice(1)];
    const { problem } = prepare({ ...pack, transport: { ...pack.transport, lines } });
    expect(comeFor(problem, 'U')[0]).toBeCloseTo(9, 6);
    expect(comeFor(problem, 'V')[0]).toBeCloseTo(3, 6);
  });

  it('reads their counters, and takes out whom a cancelled session does not send', () => {
    const pack = townPack(UVW, journeyTo('b', { count: { venue: 'at-b', point: 'gates.in' } }), journeyTo('c'));
    expect(listCounters(pack)).toEqual([
      { venue: 'at-b', point: 'gates.in' },
      { venue: 'at-a', point: 'gates.out' },
    ]);
    // A week ago as many as now, and sixty in the slot of 10:00, when a session ends that is cancelled today.
    const people = everySlot(12).map((one) => {
      const surge = (at(10) - 7 * DAY_MS - one.counted.grid.start) / SLOT_MS;
      return { ...one, counted: { ...one.counted, values: one.counted.values.with(surge, 60) } };
    });
    const session = { venue: 'at-a', planned: { start: at(8), end: at(10) }, state: 'cancelled' as const };
    const most = (sessions: DispatchSituation['sessions'] = []) =>
      Math.max(...comeFor(prepare(townPack(UVW, journeyTo('c')), { people, sessions }).problem, 'U'));
    expect(most()).toBeCloseTo(30, 6);
    expect(most([session])).toBeCloseTo(6, 6);
  });

  it('says whom no line takes while a road is closed, and nothing when nobody is expected', () => {
    const pack = townPack(UVW, journeyTo('c', { accessible_share: 0.1 }));
    expect(prepare(pack).notices).toEqual([]);
    const closed = { ways: new Map([['V-1', 'closed' as const]]) };
    expect(prepare(pack, closed).notices).toEqual([
      'No line takes visitors from A to C in the next three hours, not even with a change.',
    ]);
    expect(prepare(pack, { ...closed, people: everySlot(0) }).notices).toEqual([]);
  });

  it('has who comes after the last departure wait for one, for three hours', () => {
    const pack = townPack(UVW, journeyTo('c'));
    const later = (hour: number) => prepare(pack, { now: at(hour), people: everySlot(12, at(hour)) });
    // The timetable ends at 22:00.
    expect(later(22.5).notices).toEqual([]);
    expect(sum(comeFor(later(22.5).problem, 'U'))).toBeCloseTo(36 * 6, 6);
    expect(later(25.5)).toMatchObject({ problem: { rides: [] }, notices: [expect.stringContaining('from A to C')] });
  });

  it('asks for plans that hold every limit, and loses nobody on the way to one', async () => {
    const journey = fc.record({
      to: fc.constantFrom('b', 'c', 'd', 'e'),
      share: fc.double({ min: 0, max: 0.4, noNaN: true }),
      accessible_share: fc.constantFrom(0, 0.2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(journey, { minLength: 1, maxLength: 3 }), fc.nat(20), async (drawn, people) => {
        const pack = townPack(UVW, ...drawn.map(({ to, ...shares }) => journeyTo(to, shares)));
        const { problem } = prepare(pack, { people: everySlot(people) });
        expect(readInstance('journeys', problem)).toEqual({ ok: true, value: problem });
        const first = sum(problem.rides.filter(({ from_stop }) => from_stop === 'a').flatMap(({ arrivals }) => arrivals)); // prettier-ignore
        expect(first).toBeCloseTo(problem.grid.count * people * sum(drawn.map(({ share }) => share)), 6);
        const clock = { now: () => now };
        const { plan } = await solveDispatch(problem, { clock, deadlineMs: Infinity, seed: 1, effort: 50 });
        expect(checkDispatch(problem, plan)).toEqual([]);
      }),
      { numRuns: 12, seed: 4 },
    );
  });
});
