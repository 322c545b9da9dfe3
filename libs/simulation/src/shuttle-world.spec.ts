import { describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { Pattern } from '#libs/transport';

import { EventQueue } from './event-queue.js';
import { JourneyGuide } from './journey-guide.js';
import { Counters } from './counters.js';
import { type ShuttleCall, ShuttleWorld } from './shuttle-world.js';
import { tinyPack } from './tiny-day.fixture.js';
import { Waits } from './waits.js';
import { EXPECTED_WORLD } from './world/world.js';
import { WorldChanges } from './world/world-changes.js';

// A loop: terminus 0, then stop 1 after a minute, stop 2 after two, back at the terminus after three.
const loop: Pattern = {
  id: 'A-1',
  line: 'A',
  stops: ['0', '1', '2', '0'].map((stop, index) => ({ stop, offsetS: index * 60 })),
  trips: [],
};
const start = epochMs(Date.UTC(2026, 0, 5));
const minute = (index: number): EpochMs => epochMs(start + index * MINUTE_MS);

/** Ten people a minute for one ride, or for a journey. */
const worldOf = (from: string, to: string, guide?: JourneyGuide) => {
  const [venue] = tinyPack.venues;
  if (!venue) throw new Error('The pack has no venue.');
  const count = { venue: 'hall', point: 'gates.count_out' };
  const travel = { from: `v${from}`, to: `v${to}`, group: 'visitors', count, share: 1 };
  const pack: Pack = {
    ...tinyPack,
    venues: ['0', '1', '2', '3'].map((stop) => ({ ...venue, id: `v${stop}`, stop })),
    transport: {
      ...tinyPack.transport,
      lines: [{ id: 'A', rides: guide ? [] : [travel] }],
      journeys: guide ? [travel] : [],
    },
  };
  const events = new EventQueue();
  const window = { start, end: minute(60) };
  const day = {
    world: EXPECTED_WORLD,
    changes: new WorldChanges(pack, [{ kind: 'attendance', scale: 10 }], window),
  };
  const [counters, waits] = [new Counters(pack, window, day), new Waits()];
  const calls: ShuttleCall[] = [];
  const known = guide ?? new JourneyGuide([], []);
  const nobodyIsDue = { dueAt: () => undefined };
  const onCall = (call: ShuttleCall) => calls.push(call);
  const world = new ShuttleWorld(pack, events, known, counters, day, waits, nobodyIsDue, onCall);
  return {
    events,
    calls,
    world: {
      runMinute: (at: EpochMs) => {
        counters.runMinute(at);
        world.runMinute(at);
      },
      depart: world.depart.bind(world),
      sumUp: (end: EpochMs) => {
        world.close(end);
        return { unserved: waits.unserved, meanWaitS: waits.all.mean_s };
      },
    },
  };
};

describe('the shuttles’ world', () => {
  it('boards those who wait as far as there are seats', async () => {
    const { events, world } = worldOf('1', '2');
    world.runMinute(minute(0));
    world.depart(loop, 4, minute(0));
    await events.runUntil(minute(9));
    // Four boarded half a minute after they came on average; six still wait, eight and a half minutes.
    expect(world.sumUp(minute(9))).toEqual({ unserved: 6, meanWaitS: (4 * 30 + 6 * 510) / 10 });
  });

  it('tells of each call who got off, boarded and was left behind', async () => {
    const { events, world, calls } = worldOf('1', '2');
    world.runMinute(minute(0));
    world.depart(loop, 4, minute(1));
    await events.runUntil(minute(9));
    const nobody = { pattern: 'A-1', departed_ms: minute(1), alighted: 0, boarded: 0, left_behind: 0 };
    expect(calls).toEqual([
      { ...nobody, stop: '0', at_ms: minute(1) },
      { ...nobody, stop: '1', at_ms: minute(2), boarded: 4, left_behind: 6 },
      { ...nobody, stop: '2', at_ms: minute(3), alighted: 4 },
      { ...nobody, stop: '0', at_ms: minute(4) },
    ]);
  });

  it('takes people around the terminus of a loop with the next vehicle', async () => {
    const { events, world } = worldOf('2', '1');
    world.runMinute(minute(0));
    world.depart(loop, 40, minute(0));
    await events.runUntil(minute(4));
    const asItWas = worldOf('2', '1');
    asItWas.world.runMinute(minute(0));
    asItWas.world.depart(loop, 40, minute(0));
    await asItWas.events.runUntil(minute(4));
    expect(asItWas.world.sumUp(minute(4)).unserved).toBe(10);
    world.depart(loop, 40, minute(5));
    await events.runUntil(minute(9));
    // 90 s at stop 2, then 120 s at the terminus.
    expect(world.sumUp(minute(9))).toEqual({ unserved: 0, meanWaitS: 210 });
  });

  it('leaves those behind who come after the vehicle', async () => {
    const { events, world } = worldOf('1', '2');
    world.depart(loop, 40, minute(0));
    await events.runUntil(minute(4));
    world.runMinute(minute(4));
    await events.runUntil(minute(5));
    expect(world.sumUp(minute(5))).toEqual({ unserved: 10, meanWaitS: 30 });
  });
});

describe('people without a line', () => {
  // Line B leaves from 4, a minute on foot from 1, every ten minutes and takes four minutes to 3. The loop leaves every ten minutes too.
  const shuttle: Pattern = { id: 'B-1', line: 'B', stops: [{ stop: '4', offsetS: 0 }, { stop: '3', offsetS: 240 }], trips: [] }; // prettier-ignore
  const everyTen = Array.from({ length: 24 }, (_, index) => minute(10 * index));
  const announced = [loop, shuttle].map(({ stops }) => ({ stops, departs: everyTen }));
  const walk = { fromStop: '1', toStop: '4', seconds: 60 };

  it('ride, walk to another stop, and wait there for the next line', async () => {
    const { events, world } = worldOf('0', '3', new JourneyGuide(announced, [walk]));
    world.runMinute(minute(0));
    world.depart(loop, 40, minute(1));
    // Alighted at 1 after two minutes and at 4 after three: this one they miss, the next one they take.
    world.depart(shuttle, 40, minute(2));
    world.depart(shuttle, 4, minute(5));
    await events.runUntil(minute(10));
    // Half a minute for the loop; two minutes at 4 for four of them, six wait on, seven minutes by now.
    expect(world.sumUp(minute(10))).toEqual({ unserved: 6, meanWaitS: 30 + (4 * 120 + 6 * 420) / 10 });
  });

  it('take what comes first of two ways, and let pass what brings them no nearer', async () => {
    const direct: Pattern = { id: 'C-1', line: 'C', stops: [{ stop: '0', offsetS: 0 }, { stop: '3', offsetS: 600 }], trips: [] }; // prettier-ignore
    const away: Pattern = { id: 'D-1', line: 'D', stops: [{ stop: '0', offsetS: 0 }, { stop: '2', offsetS: 60 }], trips: [] }; // prettier-ignore
    const all = [...announced, { stops: direct.stops, departs: everyTen }];
    const { events, world } = worldOf('0', '3', new JourneyGuide(all, [walk]));
    world.runMinute(minute(0));
    world.depart(away, 40, minute(1));
    world.depart(direct, 4, minute(2));
    world.depart(loop, 40, minute(3));
    world.depart(shuttle, 40, minute(6));
    await events.runUntil(minute(20));
    // A minute and a half for four of them; two and a half and then one for six, who are at 4 after five minutes.
    expect(world.sumUp(minute(20))).toEqual({ unserved: 0, meanWaitS: (4 * 90 + 6 * 210) / 10 });
  });

  it('walk all of the way where that is sooner, and are no passengers', async () => {
    const { events, world } = worldOf('1', '3', new JourneyGuide(announced, [{ ...walk, toStop: '3' }]));
    world.runMinute(minute(0));
    world.depart(shuttle, 40, minute(1));
    await events.runUntil(minute(5));
    expect(world.sumUp(minute(5))).toEqual({ unserved: 0, meanWaitS: 0 });
  });

  it('wait where nothing goes, and stops at the same place do not send them to and fro', async () => {
    const there = { ...walk, seconds: 0 };
    const back = { fromStop: '4', toStop: '1', seconds: 0 };
    const nowhere = worldOf('1', '2', new JourneyGuide([{ stops: shuttle.stops, departs: everyTen }], [there, back]));
    nowhere.world.runMinute(minute(0));
    await nowhere.events.runUntil(minute(5));
    expect(nowhere.world.sumUp(minute(5)).unserved).toBe(10);
    const beside = worldOf('1', '3', new JourneyGuide([{ stops: shuttle.stops, departs: everyTen }], [there, back]));
    beside.world.runMinute(minute(0));
    beside.world.depart(shuttle, 40, minute(1));
    await beside.events.runUntil(minute(6));
    expect(beside.world.sumUp(minute(6))).toEqual({ unserved: 0, meanWaitS: 30 });
  });
});
