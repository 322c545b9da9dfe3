import { describe, expect, it } from '@jest/globals';
import type { Venue } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { OverrideRule } from '#libs/planning';
import { switchFaults } from './switch-faults.js';

const NOW = epochMs(Date.UTC(2026, 1, 6, 12));
const at = (minutes: number) => epochMs(NOW + minutes * MINUTE_MS);
const terms = { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 };
const switchOf = (id: string, connections: string[]) => ({
  ...{ id, connections, point: `${id}.position` },
  ...{ operation_cost: 0, most_operations: 9 },
});
/** Two switches; dome-b and dome-d must not be closed at once. The pack has dome-b dead from 14 to 15 h. */
const dome: Venue = {
  ...{ id: 'dome', name: 'Dome', stop: '1', grid: terms },
  connections: [
    { id: 'dome-b', ...terms, feeder: 'south', outages: [{ from: '2026-02-06T14:00', until: '2026-02-06T15:00' }] },
    { id: 'dome-c', ...terms },
    { id: 'dome-d', ...terms },
  ],
  switches: [switchOf('main', ['dome', 'dome-b']), switchOf('spare', ['dome-c', 'dome-d'])],
  interlocks: [{ id: 'bar', connections: ['dome-b', 'dome-d'] }],
};
const pack = {
  games: { time_zone: 'UTC' },
  feeders: ['north', 'south'].map((id) => ({ id, name: id, limit_kw: 400 })),
  venues: [dome, { id: 'rink', name: 'Rink', stop: '2', grid: terms }],
};
const main = { venue: 'dome', switch: 'main', connection: 'dome-b' };
const override = (kind: OverrideRule['kind'], target: OverrideRule['target'], from: number, until: number) => ({
  ...{ id: 'o1', kind, target, ended: null },
  ...{ from: at(from), until: at(until) },
});
/** An override from and until so many minutes from now. */
const faults = (
  target: typeof main,
  {
    window: [from, until] = [0, 60],
    overrides = [],
    stands = {},
  }: { window?: [number, number]; overrides?: OverrideRule[]; stands?: Record<string, number> } = {},
) =>
  switchFaults(target, pack, {
    now: NOW,
    window: { start: at(from), end: at(until) },
    standing: { overrides, positionOf: (venue, name) => stands[`${venue} ${name}`] },
  }).map(({ path, message }) => `${path}: ${message}`);

describe('holding a switch', () => {
  it('has nothing against a connection that it has and that is alive', () => {
    expect(faults(main)).toEqual([]);
    expect(faults({ ...main, connection: 'dome' }, { stands: { 'dome spare': 2 } })).toEqual([]);
  });

  it.each([
    [{ ...main, venue: 'arena' }, 'target.venue: There is no venue "arena". Choose one of dome, rink.'],
    [{ ...main, switch: 'x' }, 'target.switch: Dome has no transfer switch "x". Choose one of main, spare.'],
    [{ ...main, venue: 'rink' }, 'target.switch: Rink has no transfer switch "main". Choose one of none.'],
    [
      { ...main, connection: 'dome-c' },
      'target.connection: main has no connection "dome-c". Choose one of dome, dome-b.',
    ],
  ])('refuses %j', (target, said) => expect(faults(target)).toEqual([said]));

  it('is refused where the connection is dead at some time of it: by the pack, by an outage, or with its feeder', () => {
    const dead = (from: string, until: string) => [
      `target.connection: dome-b is out of service from 2026-02-06 ${from} (UTC) to 2026-02-06 ${until} (UTC). Choose another connection, or a time without it.`,
    ];
    expect(faults(main, { window: [0, 120] })).toEqual([]);
    expect(faults(main, { window: [0, 121] })).toEqual(dead('14:00', '15:00'));
    const outage = override('outage', { of: 'feeder', id: 'south' }, 30, 40);
    expect(faults(main, { window: [0, 30], overrides: [outage] })).toEqual([]);
    expect(faults(main, { overrides: [outage] })).toEqual(dead('12:30', '12:40'));
  });

  it('is refused while another switch stands on what is interlocked with it, not later', () => {
    const stands = { 'dome spare': 2 };
    expect(faults(main, { stands })).toEqual([
      'target.connection: dome-b is interlocked with dome-d, on which spare stands. Hold that on another connection first.',
    ]);
    expect(faults(main, { stands, window: [15, 60] })).toEqual([]);
    expect(faults(main, { stands: { 'dome spare': 1 } })).toEqual([]);
  });

  it('is refused while another switch is held on what is interlocked with it', () => {
    const held = override('switch', { venue: 'dome', switch: 'spare', connection: 'dome-d' }, 30, 45);
    expect(faults(main, { overrides: [held], window: [0, 30] })).toEqual([]);
    expect(faults(main, { overrides: [held] })).toEqual([
      'target.connection: dome-b is interlocked with dome-d, on which spare is held until 2026-02-06 12:45 (UTC). End that override first, or choose another time.',
    ]);
  });
});
