import { describe, expect, it } from '@jest/globals';
import { battery, generator, grid, hourly, load, site, task } from '../../test/one-site.js';
import { buildEnergyModel } from './build-model.js';
import { flowRangeOf } from './flow-range.js';

const prices = [0.1, 0.2];
const [sunny] = hourly(prices, [site({ load_kw: [30, 40], pv_kw: [0, 60] })]).sites;
if (!sunny) throw new Error('There is a site.');

describe('flowRangeOf', () => {
  it('has all that may be drawn and given', () => {
    const loads = [...sunny.loads, load('shops', 5, { shed_cost_per_kwh: 1 })];
    const { least, most } = flowRangeOf({ ...sunny, loads, tasks: [task(2)] }, 2);
    expect([...least]).toEqual([30, 40 - 60]);
    expect([...most]).toEqual([30 + 5 + 4, 40 + 5 + 4]);
  });

  it('knows nothing where power may go through, nor of what is sized', () => {
    for (const changes of [
      { connections: [grid(prices), grid(prices)] },
      { stores: [battery] },
      { units: [generator] },
    ]) {
      // prettier-ignore
      const { least, most } = flowRangeOf({ ...sunny, ...changes }, 1);
      expect([least[0], most[0]]).toEqual([-Infinity, Infinity]);
    }
  });
});

describe('a model', () => {
  const columnsOf = (import_limit_kw: number, limit: string): readonly string[] =>
    buildEnergyModel(
      hourly(prices, [site({ load_kw: [30, 40], pv_kw: [0, 60], connection: { import_limit_kw } })]),
    ).model.columnNames.filter((name) => name.startsWith(limit));

  it('has no column for what cannot be', () => {
    expect(columnsOf(100, 'export')).toEqual(['export rink 1']);
    expect(columnsOf(100, 'import_limit')).toEqual([]);
  });

  it('has one for what may be', () => {
    expect(columnsOf(35, 'import_limit')).toEqual(['import_limit rink 1']);
  });
});
