import { describe, expect, it } from '@jest/globals';
import { listConnections, type Venue } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { prepareSwitches, usableConnections } from './switches.js';

const pack = {
  games: { time_zone: 'UTC' },
  feeders: [{ id: 'north', name: 'North', limit_kw: 400 }],
};
const grid = { start: epochMs(0), slotMs: 15 * MINUTE_MS, count: 8 };
const terms = { feeder: 'north', import_limit_kw: 60, export_limit_kw: 0 };
const hall: Venue = {
  ...{ id: 'hall', name: 'Hall', stop: '1', grid: terms },
  connections: [{ id: 'hall-b', ...terms }],
  switches: [
    {
      ...{ id: 'transfer', connections: ['hall', 'hall-b'], point: 'transfer.position' },
      ...{ operation_cost: 4, most_operations: 2, min_closed_minutes: 25 },
    },
  ],
  interlocks: [{ id: 'ring', connections: ['hall-b', 'hall'] }],
};
const standing = (...positions: readonly (readonly [asset: string, position: number])[]) => ({
  pack,
  grid,
  measured: {
    ...{ stored: new Map(), running: new Map(), doneKwh: new Map(), peaks: new Map() },
    positions: new Map(positions.map(([asset, position]) => [`hall/${asset}`, { position, slots: 3 }])),
  },
});

describe('transfer switches', () => {
  it('go on from where they stand, for so many slots as their least time takes', () => {
    expect(prepareSwitches(standing(['transfer', 2]), hall)).toEqual({
      switches: [
        {
          ...{ switch: 'transfer', connections: ['hall', 'hall-b'], closed: 'hall-b', closed_slots: 3 },
          ...{ operation_cost: 4, most_operations: 2, min_closed_slots: 2 },
        },
      ],
      interlocks: [{ interlock: 'ring', connections: ['hall-b', 'hall'] }],
    });
  });

  it('that have closed none begin as if on their first', () => {
    expect(prepareSwitches(standing(['transfer', 0]), hall).switches).toMatchObject([{ closed: 'hall' }]);
  });

  it('stay on their first connection while nobody knows where they stand', () => {
    const usable = (inputs: Parameters<typeof usableConnections>[0]) =>
      usableConnections(inputs, hall, listConnections(hall)).map(({ id }) => id);
    expect(prepareSwitches(standing(), hall)).toEqual({});
    expect(usable(standing())).toEqual(['hall']);
    expect(usable(standing(['transfer', 1]))).toEqual(['hall', 'hall-b']);
  });

  it('are barred by no interlock that somebody has overruled by hand', () => {
    const other = { ...hall.switches?.[0], id: 'other', connections: ['hall-c', 'hall-d'], point: 'other.position' };
    const two = { ...hall, switches: [...(hall.switches ?? []), other] } as Venue;
    const ring = { ...two, interlocks: [{ id: 'ring', connections: ['hall-b', 'hall-d'] }] };
    const barred = (first: number, second: number) =>
      prepareSwitches(standing(['transfer', first], ['other', second]), ring).interlocks?.length ?? 0;
    expect([barred(1, 1), barred(2, 1), barred(2, 2)]).toEqual([1, 1, 0]);
  });

  it('are held in each slot that a hold touches, by the last that began', () => {
    const hold = (connection: string, from: number, until: number) => ({
      ...{ venue: 'hall', switch: 'transfer', connection },
      ...{ from: epochMs(from * MINUTE_MS), until: epochMs(until * MINUTE_MS) },
    });
    const heldBy = (...holds: readonly ReturnType<typeof hold>[]) =>
      prepareSwitches({ ...standing(['transfer', 1]), holds }, hall).switches?.[0]?.held?.join(' ');
    expect(heldBy(hold('hall-b', 20, 46))).toBe(' hall-b hall-b hall-b    ');
    expect(heldBy(hold('hall-b', 0, 60), hold('hall', 20, 40))).toBe('hall-b hall hall hall-b    ');
    expect(heldBy(hold('hall-c', 0, 60))).toBeUndefined();
  });

  it('are not held on what is dead', () => {
    const holds = [
      { venue: 'hall', switch: 'transfer', connection: 'hall-b', from: epochMs(0), until: epochMs(45 * MINUTE_MS) },
    ];
    const outages = [
      { of: 'connection' as const, id: 'hall-b', from: epochMs(20 * MINUTE_MS), until: epochMs(25 * MINUTE_MS) },
    ];
    expect(
      prepareSwitches({ ...standing(['transfer', 1]), holds, outages }, hall).switches?.[0]?.held?.slice(0, 4),
    ).toEqual(['hall-b', null, 'hall-b', null]);
  });

  it('of which nobody knows stand where people hold them now', () => {
    const until = epochMs(15 * MINUTE_MS);
    const holds = [{ venue: 'hall', switch: 'transfer', connection: 'hall-b', from: epochMs(0), until }];
    const inputs = { ...standing(), holds };
    expect(prepareSwitches(inputs, hall).switches).toMatchObject([{ closed: 'hall-b', closed_slots: 0 }]);
    expect(usableConnections(inputs, hall, listConnections(hall)).map(({ id }) => id)).toEqual(['hall', 'hall-b']);
  });
});
