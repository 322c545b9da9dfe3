import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { OverrideRule } from '#libs/planning';
import { energyNews } from './energy-news.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const override = (over: Partial<OverrideRule>): OverrideRule => ({
  id: 'o1',
  kind: 'outage',
  target: { of: 'feeder', id: 'north' },
  from: at(10),
  until: at(60),
  ended: null,
  ...over,
});
const session = {
  venue: 'hall',
  session: 'final-2026-01-01',
  state: 'running',
  expectedEnd: null,
  by: 'x',
  ts: at(0),
} as const;
const quiet = energyNews([], [], at(0));

describe('energyNews', () => {
  it('changes with an outage, from when it is known until it is ended', () => {
    const known = energyNews([override({})], [], at(0));
    expect(known).not.toBe(quiet);
    expect(energyNews([override({})], [], at(30))).toBe(known);
    expect(energyNews([override({ ended: at(31) })], [], at(31))).toBe(quiet);
  });

  it('changes when a setpoint override begins and when it ends', () => {
    const battery = override({ kind: 'setpoint', target: { venue: 'hall', asset: 'battery', value: 5 } });
    expect([9, 10, 60].map((minute) => energyNews([battery], [], at(minute)) === quiet)).toEqual([true, false, true]);
  });

  it('changes with a switch that is held, from when it is known until it is ended', () => {
    const target = { venue: 'hall', switch: 'transfer', connection: 'hall-b' };
    const held = override({ kind: 'switch', target });
    const known = energyNews([held], [], at(0));
    expect(known).not.toBe(quiet);
    expect(energyNews([{ ...held, id: 'o2', target: { ...target, connection: 'hall' } }], [], at(30))).not.toBe(known);
    expect(energyNews([{ ...held, ended: at(31) }], [], at(31))).toBe(quiet);
  });

  it('changes when something else is said of a session', () => {
    const running = energyNews([], [session], at(0));
    expect(running).not.toBe(quiet);
    expect(energyNews([], [{ ...session, expectedEnd: at(90) }], at(0))).not.toBe(running);
  });

  it('does not change with what concerns no energy', () => {
    const vehicle = override({ kind: 'vehicle', target: { vehicle: 'bus-01' } });
    expect(energyNews([vehicle], [], at(20))).toBe(quiet);
  });
});
