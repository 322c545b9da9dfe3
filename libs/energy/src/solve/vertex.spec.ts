import { afterAll, describe, expect, it } from '@jest/globals';
import { epochMs, seededRandom } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { hourly, site } from '../../test/one-site.js';
import { buildEnergyModel } from '../model/build-model.js';
import { generateEnergyInstance } from '../instances/generate-energy.js';
import { moveOn } from '../instances/move-on.js';
import { solveEnergy } from '../solve-energy.js';
import { movePower, moveVertex } from './vertex.js';

const problem = hourly([0.1, 0.2, 0.3], [site()]);
const built = buildEnergyModel(problem);
const { grid } = problem;
/** By the name of the column: import at its upper limit in slot 1, at its lower in the others. */
const columns = Int32Array.from(built.model.columnNames, (name) => (name.endsWith(' 1') ? 2 : 0));
const vertex = { grid, names: built.names, basis: { columns, rows: built.start.rows }, power: new Map() };
const stateOf = (moved: { readonly columns: Int32Array }, name: string): number | undefined =>
  moved.columns[built.model.columnNames.indexOf(name)];
const connection = problem.sites[0]?.connections[0]?.connection ?? '';

describe('moveVertex', () => {
  it('gives each column what it was in the slot of the same time', () => {
    const next = { ...grid, start: epochMs(grid.start + grid.slotMs) };
    const moved = moveVertex(vertex, built, next);
    const states = [0, 1].map((slot) => stateOf(moved, `import ${connection} ${slot}`));
    expect(states).toEqual([2, 0]);
    const last = `import ${connection} 2`;
    expect(stateOf(moved, last)).toBe(stateOf(built.start, last));
  });

  it('is the same at the same time, and the start between two slots or with others', () => {
    expect(moveVertex(vertex, built, grid).columns).toEqual(columns);
    const between = { ...grid, start: epochMs(grid.start + grid.slotMs / 2) };
    expect(moveVertex(vertex, built, between)).toBe(built.start);
    expect(moveVertex(vertex, built, { ...grid, slotMs: grid.slotMs / 2 })).toBe(built.start);
  });
});

describe('what stores do by the plan before', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());

  it('is taken in the slots of the same time, and not at all between two slots or of a later plan', () => {
    const of = { ...vertex, power: new Map([['rink battery', [1, 2, 3]]]) };
    const later = (ms: number) => Object.fromEntries(movePower(of, { ...grid, start: epochMs(grid.start + ms) }));
    expect(later(0)).toEqual({ 'rink battery': [1, 2, 3] });
    expect(later(2 * grid.slotMs)).toEqual({ 'rink battery': [3] });
    expect(later(grid.slotMs / 2)).toEqual({});
    expect(later(-grid.slotMs)).toEqual({});
  });

  it('is what they do again where that costs the same', async () => {
    const options = { solver, deadlineMs: 60_000, seed: 1 };
    const day = generateEnergyInstance({ sites: 8, slots: 96, seed: 2 });
    const { plan: before, vertex: from = new Map() } = await solveEnergy(day, options);
    const next = moveOn(day, before, seededRandom(2));
    const anyhow = new Map([...from].map(([part, one]) => [part, { ...one, power: new Map() }]));
    const [kept, free] = [
      await solveEnergy(next, { ...options, from }),
      await solveEnergy(next, { ...options, from: anyhow }),
    ];
    /** kWh that batteries charge or discharge otherwise than by the plan before. */
    const changedBy = ({ plan }: typeof kept): number =>
      plan.sites.reduce(
        (sum, { stores }, at) =>
          sum +
          stores.reduce((own, { power_kw }, index) => {
            const were = before.sites[at]?.stores[index]?.power_kw.slice(1) ?? [];
            return own + were.reduce((kwh, kw, slot) => kwh + Math.abs((power_kw[slot] ?? 0) - kw) / 4, 0);
          }, 0),
        0,
      );
    expect(changedBy(kept)).toBeLessThan(0.8 * changedBy(free));
    expect(Math.abs(kept.plan.cost.total / free.plan.cost.total - 1)).toBeLessThan(1e-6);
  });
});
