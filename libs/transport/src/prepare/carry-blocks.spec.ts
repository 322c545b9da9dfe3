import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { tinyDispatch, type TinyDispatch } from '../model/tiny-dispatch.fixture.js';
import type { Activity } from '../problem/plan.js';
import { carryBlocks } from './carry-blocks.js';

const trip = (slot: number): Activity => ({ kind: 'trip', pattern: 'out', slot, until_slot: slot + 1 });
const town: TinyDispatch = {
  slots: 6,
  places: [{ id: 'depot' }, { id: 'yard' }],
  deadheads: [{ from_place: 'yard', to_place: 'depot', slots: 1, km: 1 }],
  patterns: [{ pattern: 'out', calls: [['a', 0]] }],
  rides: [],
  vehicles: [{}],
};
const before = tinyDispatch(town);
/** What one bus still drives two slots later. */
const carry = (activities: readonly Activity[], later: Partial<TinyDispatch> = {}) => {
  const problem = tinyDispatch({ ...town, ...later });
  const grid = { ...problem.grid, start: epochMs(before.grid.start + 2 * before.grid.slotMs) };
  return carryBlocks({ problem: before, blocks: [{ vehicle: 'bus-1', activities }] }, { ...problem, grid }).map(
    ({ vehicle, activities: own }) => [vehicle, own.map(({ kind, slot }) => [kind, slot])],
  );
};

describe('carryBlocks', () => {
  it('goes on as planned, at the same times', () => {
    expect(carry([trip(1), trip(3), trip(5)])).toEqual([['bus-1', [['trip', 1], ['trip', 3]]]]); // prettier-ignore
  });

  it('comes empty from where the vehicle is, and leaves out what it is too late for', () => {
    expect(carry([trip(2), trip(4)], { vehicles: [{ place: 'yard' }] })).toEqual([
      ['bus-1', [['deadhead', 1], ['trip', 2]]],
    ]); // prettier-ignore
    expect(carry([trip(2), trip(4)], { vehicles: [{ ready_slot: 1 }] })).toEqual([['bus-1', [['trip', 2]]]]);
  });

  it('leaves out departures that may not leave any more, and vehicles that are out', () => {
    const closed = { patterns: [{ pattern: 'out', calls: [['a', 0]], most: [0, null, null, null, null, null] }] } as const; // prettier-ignore
    expect(carry([trip(2), trip(4)], closed)).toEqual([['bus-1', [['trip', 2]]]]);
    expect(carry([trip(2)], { vehicles: [] })).toEqual([]);
  });
});
