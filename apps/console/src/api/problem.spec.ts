import { describe, expect, it } from '@jest/globals';
import { describeProblem } from './problem.js';

describe('describeProblem', () => {
  it.each([
    [409, { title: 'Conflict', detail: 'Plan 7 is active already.' }, 'Plan 7 is active already.'],
    [404, { title: 'Not Found' }, 'Not Found'],
    [400, 'oops', 'The platform refused the request (400).'],
    [502, null, 'The platform failed (502). Try again; if it stays, see its log.'],
  ])('%i with %p', (status, body, text) => expect(describeProblem(status, body)).toBe(text));
});
