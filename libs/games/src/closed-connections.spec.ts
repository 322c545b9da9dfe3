import { expect, it } from '@jest/globals';
import { closedConnections, sharesOf } from './closed-connections.js';
import type { Venue } from './schema.js';

const terms = { feeder: 'north', export_limit_kw: 0 };
const venue: Venue = {
  ...{ id: 'hall', name: 'Hall', stop: '1' },
  grid: { ...terms, import_limit_kw: 60 },
  connections: [
    { ...terms, id: 'tie', feeder: 'south', import_limit_kw: 60 },
    { ...terms, id: 'always', import_limit_kw: 20 },
  ],
  switches: [
    {
      ...{ id: 'transfer', connections: ['hall', 'tie'], point: 'transfer.position' },
      ...{ operation_cost: 0, most_operations: 1 },
    },
  ],
};
const closedAt = (position: number | undefined) => closedConnections(venue, () => position).map(({ id }) => id);

it('are those of no switch, and the one that each has closed: its first while nobody knows', () => {
  expect([undefined, 1, 1.4].map(closedAt)).toEqual(Array(3).fill(['hall', 'always']));
  expect(closedAt(2)).toEqual(['tie', 'always']);
  expect(closedAt(0)).toEqual(['always']);
});

it('share a venue by their import limits', () => {
  const shares = sharesOf(closedConnections(venue, () => 2));
  expect(shares).toEqual([
    { id: 'tie', feeder: 'south', share: 0.75 },
    { id: 'always', feeder: 'north', share: 0.25 },
  ]);
  expect(sharesOf([])).toEqual([]);
});
