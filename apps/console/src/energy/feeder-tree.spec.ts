import { describe, expect, it } from '@jest/globals';
import { feederTree, worstSlot } from './feeder-tree.js';

const feeder = (name: string, parent: string | null = null) => ({
  feeder: name,
  parent,
  limit_kw: [],
  load_kw: [],
});

describe('feederTree', () => {
  it('puts each feeder under what it hangs on', () => {
    const tree = feederTree([
      feeder('village', 'north'),
      feeder('hill'),
      feeder('north', 'hill'),
      feeder('south', 'hill'),
    ]);
    expect(tree.map(({ feeder: { feeder: name }, depth }) => [name, depth])).toEqual([
      ['hill', 0],
      ['north', 1],
      ['village', 2],
      ['south', 1],
    ]);
  });

  it('shows one whose parent is not in the plan at the top', () =>
    expect(feederTree([feeder('north', 'gone')])).toMatchObject([{ depth: 0 }]));
});

describe('worstSlot', () => {
  const grid = { start_ms: 0, slot_ms: 10 };

  it('is the highest share of a limit that changes, in either direction', () => {
    expect(worstSlot([90, -50, 60], [100, 50, 100], grid, 0)).toEqual({
      ...{ load: -50, limit: 50, ratio: 1, isOver: false, at: 10 },
    });
  });

  it('leaves out what is over', () =>
    expect(worstSlot([90, 10, 60], [100, 100, 100], grid, 10)).toMatchObject({ load: 60 }));

  it('counts any power over a limit of 0', () => {
    expect(worstSlot([0, 0, 90], [0, 0, 100], grid, 0)).toMatchObject({ load: 90 });
    expect(worstSlot([5, 0, 90], [0, 0, 100], grid, 0)).toMatchObject({ load: 5, ratio: Infinity, isOver: true });
  });

  it('is not over by what is arithmetic', () => {
    expect(worstSlot([100.0005], [100], grid, 0)).toMatchObject({ isOver: false });
    expect(worstSlot([-100.01], [100], grid, 0)).toMatchObject({ isOver: true });
  });

  it('is not there when the plan lies behind', () => expect(worstSlot([90], [100], grid, 10)).toBeUndefined());
});
