import { expect, it } from '@jest/globals';

import { StopQueue } from './stop-queue.js';

it('boards first come, first served, and only those whom the vehicle takes along', () => {
  const queue = new StopQueue();
  queue.join({ to: 'hall', came: 1, people: 3 });
  queue.join({ to: 'field', came: 2, people: 3 });
  queue.join({ to: 'hall', came: 3, people: 3 });
  queue.join({ to: 'hall', came: 4, people: 0 });
  expect(queue.leave(5, (to) => to === 'hall')).toEqual([
    { to: 'hall', came: 1, people: 3 },
    { to: 'hall', came: 3, people: 2 },
  ]);
  expect(queue.cohorts).toEqual([
    { to: 'field', came: 2, people: 3 },
    { to: 'hall', came: 3, people: 1 },
  ]);
});
