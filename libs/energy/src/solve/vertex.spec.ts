import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { hourly, site } from '../../test/one-site.js';
import { buildEnergyModel } from '../model/build-model.js';
import { moveVertex } from './vertex.js';

const problem = hourly([0.1, 0.2, 0.3], [site()]);
const built = buildEnergyModel(problem);
const { grid } = problem;
/** By the name of the column: import at its upper limit in slot 1, at its lower in the others. */
const columns = Int32Array.from(built.model.columnNames, (name) => (name.endsWith(' 1') ? 2 : 0));
const vertex = { grid, names: built.names, basis: { columns, rows: built.start.rows } };
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
