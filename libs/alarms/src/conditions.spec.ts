import { describe, expect, it } from '@jest/globals';
import { evaluateConditions } from './conditions.js';
import { calm } from './inputs.fixture.js';
import type { AlarmInputs } from './inputs.js';

const seen = (part: Partial<AlarmInputs>) =>
  evaluateConditions({ ...calm, ...part }).map(({ id, priority, raises }) => ({ id, priority, raises }));

describe('evaluateConditions', () => {
  it('has nothing to say about a calm event', () => {
    expect(evaluateConditions(calm)).toEqual([]);
  });

  it.each([
    [89, []],
    [90, [{ id: 'feeder_loading:north', priority: 'high', raises: false }]],
    [95, [{ id: 'feeder_loading:north', priority: 'high', raises: true }]],
    [100, [{ id: 'feeder_loading:north', priority: 'critical', raises: true }]],
    [-100, [{ id: 'feeder_loading:north', priority: 'critical', raises: true }]],
  ])('looks at a feeder of 100 kW that carries %p kW', (load_kw, expected) => {
    expect(seen({ feeders: [{ id: 'north', name: 'North feeder', load_kw, limit_kw: 100 }] })).toEqual(expected);
  });

  it.each([
    [95, []],
    [96, [{ id: 'import_limit:dome', priority: 'high', raises: false }]],
    [100, [{ id: 'import_limit:dome', priority: 'high', raises: false }]],
    [101, [{ id: 'import_limit:dome', priority: 'high', raises: true }]],
  ])('looks at a venue with a limit of 100 kW that imports %p kW', (import_kw, expected) => {
    expect(seen({ venues: [{ id: 'dome', name: 'Sun Dome', import_kw, import_limit_kw: 100 }] })).toEqual(expected);
  });

  it.each([
    [180, []],
    [181, [{ id: 'plan_stale:dispatch', priority: 'high', raises: true }]],
    [null, [{ id: 'plan_stale:dispatch', priority: 'high', raises: true }]],
  ])('looks at a plan due every minute that is %p s old', (age_seconds, expected) => {
    expect(seen({ plans: [{ kind: 'dispatch', age_seconds, cadence_seconds: 60, waiting: false }] })).toEqual(expected);
  });

  it.each([
    [600, []],
    [601, [{ id: 'readings_stale:dome', priority: 'high', raises: true }]],
    [null, [{ id: 'readings_stale:dome', priority: 'high', raises: true }]],
  ])('looks at a venue whose newest reading is %p s old', (age_seconds, expected) => {
    expect(seen({ readings: [{ venue: 'dome', venue_name: 'Sun Dome', age_seconds }] })).toEqual(expected);
  });

  it('names the gateway that is offline, not the one that is online', () => {
    const gateways = [
      { venue: 'dome', venue_name: 'Sun Dome', id: 'edge', online: false },
      { venue: 'library', venue_name: 'Library', id: 'edge', online: true },
    ];
    expect(seen({ gateways })).toEqual([{ id: 'gateway_offline:dome:edge', priority: 'medium', raises: true }]);
  });

  it('raises for more than a bus of people left behind', () => {
    expect(seen({ lines: [{ id: 'A', name: 'Loop', unserved_passengers: 41 }] })).toEqual([
      { id: 'unserved:A', priority: 'medium', raises: true },
    ]);
    expect(seen({ lines: [{ id: 'A', name: 'Loop', unserved_passengers: 38 }] })).toEqual([]);
  });

  it('says each violated limit once, at its worst', () => {
    const violation = {
      limit: 'feeder_limit',
      at: 'north',
      at_name: 'North feeder',
      from_ms: Date.UTC(2026, 1, 6, 19, 30),
    };
    const conditions = evaluateConditions({
      ...calm,
      violations: [
        { ...violation, worst_kw: 3 },
        { ...violation, worst_kw: 7 },
      ],
    });
    expect(conditions).toHaveLength(1);
    expect(conditions[0]?.text).toBe(
      'The energy plan cannot hold the feeder limit of North feeder: off by up to 7 kW from 2026-02-06 14:30 (America/New_York).',
    );
  });

  it('gives the value, the limit and an advice', () => {
    const [condition] = evaluateConditions({
      ...calm,
      feeders: [{ id: 'north', name: 'North feeder', load_kw: 97, limit_kw: 100 }],
    });
    expect(condition?.text).toBe('North feeder carries 97 kW of 100 kW (97 %).');
    expect(condition?.advice).toMatch(/batteries/);
  });

  it('says of an old plan whether a person or the platform is awaited', () => {
    const old = { kind: 'dispatch', age_seconds: 1043, cadence_seconds: 60 };
    const [waiting] = evaluateConditions({ ...calm, plans: [{ ...old, waiting: true }] });
    expect(waiting?.text).toBe('The dispatch plan is 17 min old; a new one is due every 1 min.');
    expect(waiting?.advice).toMatch(/waits for approval/);
    const [stuck] = evaluateConditions({ ...calm, plans: [{ ...old, waiting: false }] });
    expect(stuck?.advice).toMatch(/control role/);
  });
});
