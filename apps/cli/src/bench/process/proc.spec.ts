import { expect, it } from '@jest/globals';

import { findCpuSeconds, parseStat } from './proc.js';

it('reads the fields after a name that holds brackets and blanks', () => {
  const stat = '42 (a) b (c)) S 7 42 42 0 -1 4194304 100 0 0 0 150 50 20 5 20 0 1 0 100 1000 10';
  expect(parseStat(stat)).toEqual({ parent: 7, ownTicks: 200, childTicks: 25 });
});

it('knows nothing of a process that is gone', () => expect(findCpuSeconds(2 ** 30)).toBeUndefined());
