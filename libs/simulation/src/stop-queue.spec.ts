import { expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';

import { StopQueue } from './stop-queue.js';

it('boards first come, first served, and only those whom the vehicle takes along', () => {
  const queue = new StopQueue();
  queue.join({ line: 'A', to: 'hall', group: 'fans', due: undefined, came: epochMs(1), people: 3 });
  queue.join({ line: 'A', to: 'field', group: 'fans', due: undefined, came: epochMs(2), people: 3 });
  queue.join({ line: 'A', to: 'hall', group: 'fans', due: undefined, came: epochMs(3), people: 3 });
  queue.join({ line: 'A', to: 'hall', group: 'fans', due: undefined, came: epochMs(4), people: 0 });
  expect(queue.leave(5, ({ to }) => to === 'hall')).toEqual([
    { line: 'A', to: 'hall', group: 'fans', due: undefined, came: epochMs(1), people: 3 },
    { line: 'A', to: 'hall', group: 'fans', due: undefined, came: epochMs(3), people: 2 },
  ]);
  expect(queue.cohorts).toEqual([
    { line: 'A', to: 'field', group: 'fans', due: undefined, came: epochMs(2), people: 3 },
    { line: 'A', to: 'hall', group: 'fans', due: undefined, came: epochMs(3), people: 1 },
  ]);
});
