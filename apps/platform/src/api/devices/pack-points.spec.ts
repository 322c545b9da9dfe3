import { describe, expect, it } from '@jest/globals';
import type { Pack, Point } from '#libs/games';
import { epochMs } from '#libs/kernel';

import { countStates, packPoints, type PointPicture } from './pack-points.js';

const NOW = epochMs(1_000_000_000);
const point = (id: string): Point => ({ id, kind: 'sensor', unit: 'V', min: 0, max: 1, interval_s: 60 });
const pack: Pick<Pack, 'gateways' | 'devices'> = {
  gateways: [{ id: 'gw', venue: 'dome', points: [point('a.v'), point('b.v')] }],
  devices: [
    { id: 'meter', venue: 'dome', profile: 'tasmota', topic: 't', gateway: 'gw', points: [point('c.v')] },
    { id: 'fridge', venue: 'hall', profile: 'shelly_gen2', topic: 's', points: [point('a.v')] },
  ],
};
/** a.v of the dome is live, c.v stale, and a.v of the hall live; b.v was never heard. */
const picture: PointPicture = {
  now: NOW,
  clock: { speed: 1 },
  points: [
    { id: 1, venue: 'dome', gateway: 'gw', point: 'a.v', kind: 'sensor', unit: 'V' },
    { id: 2, venue: 'dome', gateway: 'gw', point: 'c.v', kind: 'sensor', unit: 'V' },
    { id: 3, venue: 'hall', gateway: 'fridge', point: 'a.v', kind: 'sensor', unit: 'V' },
  ],
  latest: new Map(
    [NOW - 1_000, NOW - 600_000, NOW].map((ts, index) => [
      index + 1,
      { pointId: index + 1, ts: epochMs(ts), value: index, quality: 0 },
    ]),
  ),
};

describe('packPoints', () => {
  it('has every point with who publishes it and what was last heard', () => {
    const points = packPoints(pack, picture);
    expect(points.map(({ venue, source, point: { id }, state }) => [venue, source, id, state])).toEqual([
      ['dome', 'gw', 'a.v', 'live'],
      ['dome', 'gw', 'b.v', 'never'],
      ['dome', 'gw', 'c.v', 'stale'],
      ['hall', 'fridge', 'a.v', 'live'],
    ]);
    expect(points.map(({ device }) => device?.profile)).toEqual([undefined, undefined, 'tasmota', 'shelly_gen2']);
    expect(points.map(({ latest }) => latest?.value)).toEqual([0, undefined, 1, 2]);
  });

  it('is counted by venue', () => {
    expect([...countStates(packPoints(pack, picture))]).toEqual([
      ['dome', { live: 1, stale: 1, never: 1 }],
      ['hall', { live: 1, stale: 0, never: 0 }],
    ]);
  });
});
