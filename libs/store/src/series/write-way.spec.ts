import { expect, it } from '@jest/globals';
import { WriteWay } from './write-way.js';

it('batches go by COPY until one meets a duplicate, and again 50 batches later', () => {
  const way = new WriteWay();
  expect([way.next(), way.next()]).toEqual(['copy', 'copy']);
  way.metDuplicate();
  const ways = Array.from({ length: 52 }, () => way.next());
  expect(ways).toEqual([...Array.from({ length: 50 }, () => 'insert'), 'copy', 'copy']);
});
