import { expect, it } from '@jest/globals';

import { StopQueue } from './stop-queue.js';

it('boards first come, first served, and only those whom the vehicle takes along', () => {
  const queue = new StopQueue();
  queue.join({ line: 'A', to: 'hall', came: 1, people: 3 });
  queue.join({ line: 'A', to: 'field', came: 2, people: 3 });
  queue.join({ line: 'A', to: 'hall', came: 3, people: 3 });
  queue.join({ line: 'A', to: 'hall', came: 4, people: 0 });
  expect(queue.leave(5, ({ to }) => to === 'hall')).toEqual([
    { line: 'A', to: 'hall', came: 1, people: 3 },
    { line: 'A', to: 'hall', came: 3, people: 2 },
  ]);
  expect(queue.cohorts).toEqual([
    { line: 'A', to: 'field', came: 2, people: 3 },
    { line: 'A', to: 'hall', came: 3, people: 1 },
  ]);
});
