import { describe, expect, it } from '@jest/globals';
import type { Venue } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { CurrentSetpoint, OverrideRule } from '#libs/planning';
import { holdSwitches } from './hold-switches.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const terms = { feeder: 'north', import_limit_kw: 60, export_limit_kw: 0 };
const switchOf = (id: string, connections: string[]) => ({
  ...{ id, connections, point: `${id}.position` },
  ...{ operation_cost: 0, most_operations: 9 },
});
/** Two switches of two connections each; hall-b and hall-d must not be closed at once. */
const hall: Venue = {
  ...{ id: 'hall', name: 'Hall', stop: '1', grid: terms },
  connections: ['hall-b', 'hall-c', 'hall-d'].map((id) => ({ id, ...terms })),
  switches: [switchOf('main', ['hall', 'hall-b']), switchOf('spare', ['hall-c', 'hall-d'])],
  interlocks: [{ id: 'bar', connections: ['hall-b', 'hall-d'] }],
};
const pack = {
  games: { time_zone: 'UTC' },
  feeders: [{ id: 'north', name: 'North', limit_kw: 400 }],
  venues: [hall],
};
const planned = (asset: string, value: number): CurrentSetpoint => ({
  ...{ venue: 'hall', asset, from_ms: at(0), until_ms: at(15), value, override: null },
  unit: asset === 'battery' ? 'kW' : 'position',
});
const override = (kind: OverrideRule['kind'], target: OverrideRule['target']): OverrideRule => ({
  ...{ id: `${kind} of ${Object.values(target).join(' ')}`, kind, target, ended: null },
  from: at(5),
  until: at(20),
});
const hold = (of: string, connection: string) => override('switch', { venue: 'hall', switch: of, connection });
const told = (setpoints: readonly CurrentSetpoint[], overrides: readonly OverrideRule[], minute: number) =>
  holdSwitches(pack, setpoints, overrides, at(minute)).map(({ asset, value }) => `${asset} ${value}`);

describe('a switch that people hold', () => {
  it('is told where it stays, from the start of the override to its end, whatever the plan says', () => {
    const [main, battery] = [planned('main', 1), planned('battery', 7)];
    const held = [hold('main', 'hall-b')];
    expect(told([main, battery], held, 4)).toEqual(['main 1', 'battery 7']);
    expect(told([main, battery], held, 5)).toEqual(['battery 7', 'main 2']);
    expect(told([], held, 19)).toEqual(['main 2']);
    expect(told([main, battery], held, 20)).toEqual(['main 1', 'battery 7']);
    expect(holdSwitches(pack, [], held, at(16))).toMatchObject([
      { from_ms: at(15), until_ms: at(20), unit: 'position', override: held[0]?.id },
    ]);
  });

  it('is left to the plan while its connection is dead', () => {
    const outage = override('outage', { of: 'connection', id: 'hall-b' });
    expect(told([planned('main', 1)], [hold('main', 'hall-b'), outage], 6)).toEqual(['main 1']);
  });

  it('moves another off what is interlocked with it, also one that stands there without being told', () => {
    expect(told([planned('spare', 2)], [hold('main', 'hall-b')], 6)).toEqual(['main 2', 'spare 1']);
    expect(told([planned('spare', 1)], [hold('main', 'hall-b')], 6)).toEqual(['spare 1', 'main 2']);
    const first = { ...hall, interlocks: [{ id: 'bar', connections: ['hall-b', 'hall-c'] }] };
    const setpoints = holdSwitches({ ...pack, venues: [first] }, [], [hold('main', 'hall-b')], at(6));
    expect(setpoints.map(({ asset, value }) => `${asset} ${value}`)).toEqual(['main 2', 'spare 2']);
  });

  it('counts by the last word, of one switch and of two that are interlocked', () => {
    const later = { ...hold('main', 'hall'), from: at(6) };
    expect(told([], [later, hold('main', 'hall-b')], 7)).toEqual(['main 1']);
    const other = { ...hold('spare', 'hall-d'), from: at(6) };
    expect(told([], [other, hold('main', 'hall-b')], 7)).toEqual(['spare 2']);
  });
});
