import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { loadPack, type PackPattern } from '#libs/games';
import { type Clock, epochMs, fromCivil, type SlotGrid } from '#libs/kernel';
import { checkDispatch } from '../check/check-dispatch.js';
import { timetableTrips } from '../day-feed/timetable-trips.js';
import { openTimetable } from '../day-feed/timetable.js';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import { listTurns } from '../live/list-turns.js';
import { livePatterns } from '../live/live-patterns.js';
import { solveDispatch } from '../search/solve.js';
import { buildDispatchProblem } from './build-problem.js';
import { checkNetwork } from './check-network.js';
import { readPackFeed, withPackPatterns } from './pack-patterns.js';
import { patternsOf } from './patterns.js';
import { tinyPack } from './tiny-pack.fixture.js';

const [line] = tinyPack.transport.lines;
if (!line) throw new Error('The tiny pack has a line.');
const express: PackPattern = { id: 'l-express', kind: 'express', calls: ['a', 'c', 'a'] };
const short: PackPattern = { id: 'l-short', kind: 'short_turn', calls: ['a', 'b', 'a'] };
const packWith = (...patterns: readonly PackPattern[]) => ({
  ...tinyPack,
  gtfs: zipFeed(),
  transport: { ...tinyPack.transport, lines: [{ ...line, patterns: [...patterns] }] },
});
const feedOf = (...patterns: readonly PackPattern[]) => {
  const read = readPackFeed(packWith(...patterns));
  if (!read.ok) throw new Error('The tiny feed reads.');
  return read.value;
};
const offsets = (...patterns: readonly PackPattern[]) =>
  patternsOf(feedOf(...patterns)).map(({ id, stops }) => [id, stops.map(({ offsetS }) => offsetS)]);

describe('patterns of a pack', () => {
  it('stand beside those of the feed, whose names stay', () => {
    expect(offsets(express, short).map(([id]) => id)).toEqual(['L-1', 'N-1', 'l-express', 'l-short']);
    expect(offsets()).toEqual(offsets(express, short).slice(0, 2));
  });

  it('take as long as the line does, less the calls that an express passes', () => {
    expect(offsets(express).at(-1)).toEqual(['l-express', [0, 705, 1_065]]);
  });

  it('turn back straight where that is sooner, and by the line where it is not', () => {
    // From b to a it is 13.5 km: no bus drives that in the twelve minutes that the line takes.
    expect(offsets(short).at(-1)).toEqual(['l-short', [0, 360, 1_080]]);
    const near = 'stop_id,stop_name,stop_lat,stop_lon\na,A,46.5,12.1\nb,B,46.51,12.1\nc,C,46.7,12.3\n';
    const read = readPackFeed({ ...packWith(short), gtfs: zipFeed({ 'stops.txt': near }) });
    const back = read.ok ? patternsOf(read.value).at(-1)?.stops.at(-1)?.offsetS : undefined;
    // 1.1 km of straight line, times 1.3, at 25 km/h.
    expect(back).toBe(360 + Math.round((1_112 * 1.3) / (25 / 3.6)));
  });

  it('take the minutes that the pack says', () => {
    expect(offsets({ ...short, minutes: 9 }).at(-1)).toEqual(['l-short', [0, 180, 540]]);
  });

  it('are open to plans, are in no timetable and no floor of service, and are known to the live board', () => {
    const feed = feedOf(short);
    const grid: SlotGrid = {
      start: fromCivil('Europe/Rome', Date.parse('2026-02-18T07:00Z')),
      slotMs: 300_000,
      count: 6,
    };
    const problem = buildDispatchProblem({
      pack: packWith(short),
      feed,
      grid,
      waiting: [],
      countsOf: () => [],
      departed: [],
    });
    const extra = problem.patterns.find(({ pattern }) => pattern === 'l-short');
    expect(extra).toMatchObject({ line: 'L', from_place: 'a', to_place: 'a', busy_slots: 4 });
    expect(extra?.most).toBeUndefined();
    expect(new Set([...(extra?.scheduled ?? [1]), ...(extra?.least ?? [1])])).toEqual(new Set([0]));
    const announced = timetableTrips(openTimetable(feed, 'Europe/Rome'), Date.parse('2026-02-18T00:00Z'));
    expect(new Set(announced.map(({ pattern }) => pattern))).toEqual(new Set(['L-1', 'N-1']));
    const live = livePatterns(feed);
    expect(live.get('l-short')?.path.stops.map(({ stop }) => stop)).toEqual(['a', 'b', 'a']);
    expect(listTurns(live).get('L-1')).toEqual([{ call: 1, onto: 'l-short', from: 1 }]);
  });

  it.each([
    ['an unknown stop', { ...short, calls: ['a', 'z'] }, 'calls[1]', 'unknown_stop'],
    ['stops in another order', { ...short, calls: ['b', 'a', 'c'] }, 'calls', 'not_in_order'],
    ['an express that ends before the line', { ...express, calls: ['a', 'c'] }, 'calls', 'express_ends'],
    ['a short turn with two stretches left out', { ...short, calls: ['b', 'c'] }, 'calls', 'one_stretch'],
    ['all stops of the line', { ...short, calls: ['a', 'b', 'c', 'a'] }, 'calls', 'same_pattern'],
    ['the name of a pattern of the feed', { ...short, id: 'L-1' }, 'id', 'pattern_id_taken'],
  ] as const)('with %s are a fault, which is named', (_, pattern, below, rule) => {
    const faults = checkNetwork(packWith({ ...pattern, calls: [...pattern.calls] }));
    expect(faults.map(({ file, path, rule: broken }) => [file, path, broken])).toEqual([
      ['transport.yaml', `lines[0].patterns[0].${below}`, rule],
    ]);
  });

  it('that are right have no fault', () => {
    expect(checkNetwork(packWith(express, short))).toEqual([]);
  });
});

describe('a short turn on the campus', () => {
  const clock: Clock = { now: () => epochMs(performance.now()) };

  it('serves the people of two halls with three buses better than the whole loop does', async () => {
    const loaded = await loadPack(fileURLToPath(new URL('../../../../config/campus-replay', import.meta.url)));
    if (!loaded.ok) throw new Error('The campus pack has faults.');
    const campus = loaded.value;
    const read = readGtfs(campus.gtfs);
    if (!read.ok) throw new Error('The campus feed has faults.');
    const whole = patternsOf(read.value).find(({ id }) => id === 'E-1');
    const stops = whole?.stops.map(({ stop }) => stop) ?? [];
    // By the library as the loop goes, and from there straight back to the student center.
    const calls = [...stops.slice(0, stops.indexOf('101') + 1), ...stops.slice(-2)];
    const [loop] = campus.transport.lines.filter(({ id }) => id === 'E');
    const plan = async (patterns: PackPattern[]) => {
      const transport = {
        ...campus.transport,
        lines: loop ? [{ ...loop, patterns }] : [],
        fleet: [{ prefix: 'bull', count: 3, type: 'standard', depot: 'yard' }],
      };
      expect(checkNetwork({ ...campus, transport })).toEqual([]);
      const problem = buildDispatchProblem({
        pack: { ...campus, transport },
        feed: withPackPatterns(read.value, transport),
        grid: {
          start: fromCivil(campus.games.time_zone, Date.parse('2016-02-10T10:00Z')),
          slotMs: 300_000,
          count: 24,
        },
        waiting: [],
        countsOf: () => new Array<number>(24).fill(60),
        departed: [],
      });
      const solved = await solveDispatch(problem, { clock, deadlineMs: Infinity, seed: 1, effort: 2_000 });
      expect(checkDispatch(problem, solved.plan)).toEqual([]);
      return solved.plan;
    };
    const [alone, both] = [await plan([]), await plan([{ id: 'e-library', kind: 'short_turn', calls }])];
    expect(alone.departures.length).toBeGreaterThan(0);
    expect(both.departures.map(({ pattern }) => pattern)).toContain('e-library');
    expect(both.cost.total).toBeLessThan(alone.cost.total);
    expect(both.cost.waiting).toBeLessThan(alone.cost.waiting);
  });
});
