import { expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { tinyDispatch } from '../model/tiny-dispatch.fixture.js';
import { planOfBlocks } from './plan-of-blocks.js';
import { publishDispatch } from './publish.js';

it('says what is charged at depots, until the plan begins by the plan in force', () => {
  const problem = tinyDispatch({ slots: 4, patterns: [], rides: [], vehicles: [{}] });
  const plan = planOfBlocks(problem, [{ vehicle: 'bus-1', activities: [] }]);
  const { start } = problem.grid;
  const transport = { depots: [{ id: 'yard', name: 'Yard', stop: 'depot', venue: 'hall' }] };
  const first = publishDispatch(problem, plan, [], undefined, { transport });
  expect(first.charging).toEqual([]);
  const stay = { vehicle: 'bus-1', depot: 'yard', kwh: 9, start: epochMs(start - 10 * MINUTE_MS), end: epochMs(start + 20 * MINUTE_MS) }; // prettier-ignore
  const content = { ...first, charging: [stay] };
  expect(publishDispatch(problem, plan, [], { problem, content }, { transport }).charging).toEqual([
    { ...stay, kwh: 3, end: start },
  ]);
});
