import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { plainConnection, plainProblem, plainSite, plainTariff } from '../../test/plain-site.js';
import { planOf } from '../../test/plan-of.js';
import { checkEnergyProblem, type Feeder, type SiteProblem, type TransferSwitch } from '../index.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const tie: TransferSwitch = {
  switch: 'tie',
  connections: ['a', 'b'],
  closed: 'a',
  operation_cost: 1,
  most_operations: 4,
};
/** 80 kW on feeder A, which is too weak in slots 1 and 2; B carries it, but for slot 3. */
const tight: readonly Feeder[] = [
  { feeder: 'A', limit_kw: [100, 60, 60, 100] },
  { feeder: 'B', limit_kw: [100, 100, 100, 50] },
];
const wide: readonly Feeder[] = ['A', 'B'].map((feeder) => ({ feeder, limit_kw: 500 }));
const problem = (more: Partial<TransferSwitch> = {}, parts: Partial<SiteProblem> = {}, feeders = tight) =>
  plainProblem(
    4,
    feeders,
    [
      plainSite('hall', {
        connections: [plainConnection('a', 'A'), plainConnection('b', 'B')],
        loads: [{ load: 'all', tier: 'normal', power_kw: 80 }],
        switches: [{ ...tie, ...more }],
        ...parts,
      }),
    ],
  ); // prettier-ignore
const plan = (...changes: Parameters<typeof problem>) => planOf(problem(...changes), solver);

describe('a switch between connections', () => {
  it('S01 moves the load to the feeder that can carry it, and back', async () => {
    const made = await plan();
    const [hall] = made.sites;
    expect(hall?.switches).toEqual([{ switch: 'tie', closed: [expect.any(String), 'b', 'b', 'a'] }]);
    for (const slot of [0, 1, 2, 3]) {
      const flows = hall?.connections.map(({ net_kw }) => net_kw[slot]);
      expect(flows).toEqual(hall?.switches[0]?.closed[slot] === 'a' ? [80, 0] : [0, 80]);
    }
    expect(made.violations).toEqual([]);
    expect(made.cost.generation).toBeCloseTo(2, 9);
  });

  it('S02 keeps to the operations that are allowed, and says what that breaks', async () => {
    const made = await plan({ most_operations: 1 });
    expect(made.sites[0]?.switches[0]?.closed.slice(1)).toEqual(['b', 'b', 'b']);
    expect(made.violations.map(({ limit, at, worst_kw }) => `${limit} ${at} ${worst_kw.toFixed(0)}`)).toEqual([
      'feeder_limit B 30',
    ]);
  });

  it('S03 what it does because a connection is dead is not counted', async () => {
    const connections = [plainConnection('a', 'A', { available: [1, 0, 1, 1] }), plainConnection('b', 'B')];
    const made = await plan({ most_operations: 0 }, { connections });
    expect(made.sites[0]?.switches[0]?.closed).toEqual(['a', 'b', 'b', 'b']);
    expect(made.violations.map(({ limit, at }) => `${limit} ${at}`)).toEqual(['feeder_limit B']);
  });

  it('S04 keeps closed what it has closed until a crew is ready again, also what it closed before', async () => {
    const closedOf = async (more: Partial<TransferSwitch>) => (await plan(more)).sites[0]?.switches[0]?.closed;
    // Back at A in slot 3 after two slots, but not after three.
    expect((await closedOf({ min_closed_slots: 2 }))?.slice(1)).toEqual(['b', 'b', 'a']);
    expect(await closedOf({ min_closed_slots: 3 })).toEqual(['b', 'b', 'b', 'a']);
    expect(await closedOf({ min_closed_slots: 3, closed_slots: 2 })).toEqual(['a', 'b', 'b', 'b']);
  });

  it('S05 two ties that are interlocked are not closed at once, though each would be cheaper', async () => {
    const dear = { ...plainTariff, import_price_per_kwh: 0.9 };
    const connections = [
      plainConnection('a', 'A', { tariff: dear, import_limit_kw: 50 }),
      plainConnection('b', 'B', { import_limit_kw: 50 }),
      plainConnection('c', 'A', { tariff: dear, import_limit_kw: 50 }),
      plainConnection('d', 'B', { import_limit_kw: 50 }),
    ];
    const switches = [tie, { ...tie, switch: 'other', connections: ['c', 'd'], closed: 'c' }];
    const flowsOf = async (more: Partial<SiteProblem>) => {
      const found = await plan({}, { connections, switches, ...more }, wide);
      return found.sites[0]?.connections.map(({ net_kw }) => Math.round(net_kw[1] ?? NaN));
    };
    expect(await flowsOf({})).toEqual([0, 30, 0, 50]);
    const apart = await flowsOf({ interlocks: [{ interlock: 'spare bar', connections: ['b', 'd'] }] });
    expect([
      [30, 0, 0, 50],
      [0, 50, 30, 0],
    ]).toContainEqual(apart);
  });

  it('S06 is refused with a connection that is not there, half slots, or an interlock that is broken already', () => {
    const faults = (more: Partial<TransferSwitch>, parts: Partial<SiteProblem> = {}) =>
      checkEnergyProblem(problem(more, parts)).map(({ path, rule }) => `${path} ${rule}`);
    expect(faults({ connections: ['a', 'c'] })).toEqual(['sites[0].switches[0].connections[1] unknown_connection']);
    expect(faults({ min_closed_slots: 0.5 })).toEqual(['sites[0].switches[0].min_closed_slots whole']);
    const other = { ...tie, switch: 'other', connections: ['b'], closed: 'b' };
    expect(
      faults({}, { switches: [tie, other], interlocks: [{ interlock: 'bar', connections: ['a', 'b', 'x'] }] }),
    ).toEqual([
      'sites[0].interlocks[0].connections[2] unknown_connection',
      'sites[0].interlocks[0].connections interlocked',
    ]);
  });

  it('S07 stays where people hold it, however often that operates it and however soon, and says what that breaks', async () => {
    const terms = { most_operations: 0, min_closed_slots: 4, closed_slots: 0 };
    const made = await plan({ ...terms, held: [null, 'b', null, 'b'] });
    // Nothing is counted of what people ask for; back at A for one slot in between it might not open so soon.
    expect(made.sites[0]?.switches[0]?.closed).toEqual(['a', 'b', 'b', 'b']);
    expect(made.violations.map(({ limit, at, worst_kw }) => `${limit} ${at} ${worst_kw.toFixed(0)}`)).toEqual([
      'feeder_limit B 30',
    ]);
    const kept = await plan({ held: ['a', 'a', 'a', 'a'] });
    expect(kept.violations.map(({ limit, at, worst_kw }) => `${limit} ${at} ${worst_kw.toFixed(0)}`)).toEqual([
      'feeder_limit A 20',
    ]);
    expect(kept.cost.without_plan).toBeCloseTo(kept.cost.total, 6);
  });

  it('S08 held on a connection, another leaves what is interlocked with it at once', async () => {
    const connections = ['a', 'b', 'c', 'd'].map((name) => plainConnection(name, 'A', { import_limit_kw: 50 }));
    const other = {
      ...tie,
      switch: 'other',
      connections: ['c', 'd'],
      closed: 'd',
      most_operations: 0,
      min_closed_slots: 9,
    };
    const parts = {
      connections,
      switches: [
        { ...tie, held: [null, 'b', 'b', null] },
        { ...other, closed_slots: 0 },
      ],
      interlocks: [{ interlock: 'spare bar', connections: ['b', 'd'] }],
    };
    const made = await plan({}, parts, wide);
    expect(made.sites[0]?.switches.map(({ closed }) => closed)).toEqual([
      ['a', 'b', 'b', expect.any(String)],
      ['d', 'c', 'c', 'c'],
    ]);
  });

  it('S09 is refused where it is held on what is not its own, on what is dead, or on two that are interlocked', () => {
    const faults = (held: readonly (string | null)[], parts: Partial<SiteProblem> = {}) =>
      checkEnergyProblem(problem({ held }, parts)).map(({ path, rule }) => `${path} ${rule}`);
    expect(faults([null, 'c'])).toEqual([
      'sites[0].switches[0].held[1] unknown_connection',
      'sites[0].switches[0].held[1] held_dead',
    ]);
    const connections = [plainConnection('a', 'A'), plainConnection('b', 'B', { available: [1, 1, 0, 1] })];
    expect(faults([null, 'b', 'b'], { connections })).toEqual(['sites[0].switches[0].held[2] held_dead']);
    const four = ['a', 'b', 'c', 'd'].map((name) => plainConnection(name, 'A'));
    const other = { ...tie, switch: 'other', connections: ['c', 'd'], closed: 'c', held: ['d'] };
    const interlocks = [{ interlock: 'bar', connections: ['b', 'd'] }];
    expect(faults([], { connections: four, switches: [{ ...tie, held: ['b'] }, other], interlocks })).toEqual([
      'sites[0].switches[0].held[0] interlocked',
      'sites[0].switches[1].held[0] interlocked',
    ]);
  });
});
