import { describe, expect, it } from '@jest/globals';
import type { Venue } from '#libs/games';
import { feederShares, type Standing, standingOf } from './feeder-shares.js';

const terms = { feeder: 'north', import_limit_kw: 60, export_limit_kw: 0 };
const hall: Venue = {
  ...{ id: 'hall', name: 'Hall', stop: '1', grid: terms },
  connections: [{ id: 'hall-b', ...terms, feeder: 'south' }],
  switches: [
    {
      ...{ id: 'transfer', connections: ['hall', 'hall-b'], point: 'transfer.position' },
      ...{ operation_cost: 4, most_operations: 2 },
    },
  ],
};
const sharesIn = (venue: Venue, ...standing: readonly Standing[]) => {
  const { of, byDefault } = feederShares(venue, () => standing, standing.length);
  return { ...Object.fromEntries(of), byDefault };
};

describe('where a switch stood in a quarter hour', () => {
  it('F01 is one position, or two with the time on each', () => {
    expect(standingOf({ min: 2, max: 2, mean: 2 })).toEqual([[2, 1]]);
    expect(standingOf({ min: 1, max: 3, mean: 1.5 })).toEqual([
      [1, 0.75],
      [3, 0.25],
    ]);
  });

  it('F02 is where something flowed: nothing does while no connection is closed', () => {
    expect(standingOf({ min: 0, max: 2, mean: 0.4 })).toEqual([[2, 1]]);
    expect(standingOf({ min: 0, max: 0, mean: 0 })).toEqual([]);
  });
});

describe('feederShares', () => {
  it('F03 go with the switch, by time where it operates, and to the first connection where nobody knows', () => {
    expect(
      sharesIn(
        hall,
        [],
        [[1, 1]],
        [
          [1, 0.4],
          [2, 0.6],
        ],
        [[2, 1]],
      ),
    ).toEqual({
      north: [1, 1, 0.4, 0],
      south: [0, 0, 0.6, 1],
      byDefault: [true, false, false, false],
    });
  });

  it('F04 of connections without a switch are by their import limits, and known', () => {
    const wide = {
      ...hall,
      switches: [],
      connections: [{ id: 'hall-b', ...terms, feeder: 'south', import_limit_kw: 180 }],
    };
    expect(sharesIn(wide, [])).toEqual({ north: [0.25], south: [0.75], byDefault: [false] });
  });

  it('F05 of two switches are by how both stood', () => {
    const four = {
      ...hall,
      connections: ['hall-b', 'hall-c', 'hall-d'].map((id) => ({
        id,
        ...terms,
        feeder: id === 'hall-c' ? 'north' : 'south',
      })),
      switches: ['a', 'b'].map((id, at) => ({
        ...{ id, connections: at === 0 ? ['hall', 'hall-b'] : ['hall-c', 'hall-d'], point: `${id}.position` },
        ...{ operation_cost: 0, most_operations: 2 },
      })),
    };
    const { of } = feederShares(
      four,
      (point) =>
        point === 'a.position'
          ? [[[2, 1]]]
          : [
              [
                [1, 0.5],
                [2, 0.5],
              ],
            ],
      1,
    );
    expect(Object.fromEntries(of)).toEqual({ south: [0.75], north: [0.25] });
  });
});
