import { expect, it } from '@jest/globals';
import { groupRejected } from './rejected-groups.js';
import type { Rejection } from './wire.js';

const message = (code: string, at_ms: number): Rejection => ({
  at_ms,
  topic: 't',
  code,
  reason: 'r',
  readings: 1,
  payload: { encoding: 'text', text: '', truncated: false },
});

it('puts the reasons of the last hour first, each with its newest messages', () => {
  const messages = [9, 8, 7, 6].map((at) => message('not_json', at));
  const groups = groupRejected({
    last_hour: [
      { code: 'wrong_unit', messages: 40, readings: 90 },
      { code: 'not_json', messages: 4, readings: 4 },
    ],
    messages: [...messages, message('too_old', 5)],
  });
  expect(groups.map(({ code, messages, examples }) => [code, messages, examples.map(({ at_ms }) => at_ms)])).toEqual([
    ['wrong_unit', 40, []],
    ['not_json', 4, [9, 8, 7]],
    ['too_old', 0, [5]],
  ]);
});
