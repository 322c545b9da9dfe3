import { expect, it } from '@jest/globals';

import { epochMs, HOUR_MS } from '#libs/kernel';

import { history } from './history.js';

const NOW = epochMs(1_000 * HOUR_MS);
const rows = (readings: number) => [...history([{ id: 1 }, { id: 2 }, { id: 3 }], readings, NOW, 1)];

it('has as many readings as asked for, none twice, in time order over more than a day', () => {
  const made = rows(3_001);
  expect(made).toHaveLength(3_001);
  expect(new Set(made.map(({ pointId, ts }) => `${pointId} ${ts}`)).size).toBe(3_001);
  expect(made.every(({ ts }, index) => ts >= (made[index - 1]?.ts ?? 0) && ts < NOW)).toBe(true);
  expect(made[0]?.ts).toBe(NOW - 26 * HOUR_MS);
});
