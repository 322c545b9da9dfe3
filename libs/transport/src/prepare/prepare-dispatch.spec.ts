import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, fromCivil, MINUTE_MS } from '#libs/kernel';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import type { Departure } from '../plan.js';
import { DISPATCH_SLOT_MS } from './dispatch-window.js';
import { listCounters, prepareDispatch } from './prepare-dispatch.js';
import { tinyPack } from './tiny-pack.fixture.js';

const read = readGtfs(zipFeed());
if (!read.ok) throw new Error('The feed must read.');
const feed = read.value;

/** A Wednesday, 7:30. */
const now = fromCivil('Europe/Rome', Date.parse('2026-02-18T07:30Z'));
const start = epochMs(now - 8 * DAY_MS);
const count = (now - start) / DISPATCH_SLOT_MS;
/** For eight days ten people a slot left the hall's gates; half of them ride to the rink. */
const people = [
  {
    venue: 'hall',
    point: 'gates.out',
    counted: { grid: { start, slotMs: DISPATCH_SLOT_MS, count }, values: new Array<number>(count).fill(10) },
  },
];
const departure = (minutes: number): Departure => ({
  line: 'L',
  pattern: 'L-1',
  departs_ms: now + minutes * MINUTE_MS,
  vehicle: 'bus-01',
});

describe('prepareDispatch', () => {
  it('keeps what leaves in the next ten minutes, and plans with the vehicles that it leaves', () => {
    const kept = [departure(5), departure(40)];
    const { frozen, problem } = prepareDispatch({ pack: tinyPack, feed, now, people, departed: [], kept });
    expect(frozen).toEqual([departure(5)]);
    expect(problem.grid.start).toBe(now + 15 * MINUTE_MS);
    expect(problem.under_way).toEqual([{ line: 'L', vehicle: 'bus-01', slot: -2 }]);
    expect(problem.ready_slot).toEqual({ 'bus-01': 2 });
  });

  it('knows from counts and departures who waits, and by forecast who will come', () => {
    const departed = [{ line: 'L', vehicle: 'bus-01', departs: epochMs(now - 10 * MINUTE_MS) }];
    const { queues, problem, forecasts } = prepareDispatch({ pack: tinyPack, feed, now, people, departed, kept: [] });
    // Five a slot for three hours, less a bus of 20 seats that called at the hall five minutes after it left.
    expect(queues.lines).toEqual([{ line: 'L', queue: 36 * 5 - 20 }]);
    const [ride] = problem.demand;
    expect(ride).toMatchObject({ from_stop: 'b', to_stop: 'c', waiting: 36 * 5 - 20 + 5 });
    expect(ride?.arrivals).toEqual(new Array<number>(36).fill(5));
    expect(forecasts.map(({ values }) => values[0])).toEqual([10]);
  });

  it('knows what is announced while a plan is in force, and nothing of one that has run out', () => {
    const previousOf = (kept: readonly Departure[]) => {
      const keptUntil = epochMs(now + 60 * MINUTE_MS);
      return prepareDispatch({ pack: tinyPack, feed, now, people, departed: [], kept, keptUntil }).problem.patterns[0]
        ?.previous;
    };
    expect(previousOf([departure(40)])).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0]);
    expect(previousOf([])).toBeUndefined();
  });

  it('asks for each gate counter once', () => {
    expect(listCounters(tinyPack)).toEqual([
      { venue: 'hall', point: 'gates.out' },
      { venue: 'hall', point: 'gates.in' },
    ]);
    const [line] = tinyPack.transport.lines;
    const twice = line ? [line, line] : [];
    expect(listCounters({ transport: { ...tinyPack.transport, lines: twice } })).toHaveLength(2);
  });
});
