import { describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { Pattern } from '#libs/transport';

import { EventQueue } from './event-queue.js';
import { applyOverlays } from './overlays.js';
import { ShuttleWorld } from './shuttle-world.js';
import { tinyPack } from './tiny-day.fixture.js';

// A loop: terminus 0, then stop 1 after a minute, stop 2 after two, back at the terminus after three.
const loop: Pattern = {
  id: 'A-1',
  line: 'A',
  stops: ['0', '1', '2', '0'].map((stop, index) => ({ stop, offsetS: index * 60 })),
  trips: [],
};
const start = epochMs(Date.UTC(2026, 0, 5));
const minute = (index: number): EpochMs => epochMs(start + index * MINUTE_MS);

/** Ten people a minute for one ride. */
const worldOf = (from: string, to: string) => {
  const [venue] = tinyPack.venues;
  if (!venue) throw new Error('The pack has no venue.');
  const count = { venue: 'hall', point: 'gates.count_out' };
  const pack: Pack = {
    ...applyOverlays(tinyPack, { overlays: { attendance_scale: 10 } }),
    venues: ['0', '1', '2'].map((stop) => ({ ...venue, id: `v${stop}`, stop })),
    transport: {
      ...tinyPack.transport,
      lines: [{ id: 'A', rides: [{ from: `v${from}`, to: `v${to}`, group: 'visitors', count, share: 1 }] }],
    },
  };
  const events = new EventQueue();
  return { events, world: new ShuttleWorld(pack, events) };
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

  it('takes people around the terminus of a loop with the next vehicle', async () => {
    const { events, world } = worldOf('2', '1');
    world.runMinute(minute(0));
    world.depart(loop, 40, minute(0));
    await events.runUntil(minute(4));
    expect(world.sumUp(minute(4)).unserved).toBe(10);
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
    expect(world.sumUp(minute(5))).toEqual({ unserved: 10, meanWaitS: 30 });
  });
});
