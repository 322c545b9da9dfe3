import { formatTable } from '../../output.js';
import type { CaseResult } from './run-cases.js';

export const caseDocument = (results: readonly CaseResult[]): object => ({
  cases: Object.fromEntries(
    results.map(({ id, objective, expected, second, ok }) => [
      id,
      { objective, expected, ok, 'javascript-lp-solver': second },
    ]),
  ),
});

const number = (value: number | null): string => (value === null ? 'none' : value.toFixed(4));

export const caseTable = (results: readonly CaseResult[]): string =>
  formatTable(
    ['case', 'expected', 'highs', 'javascript-lp-solver', ''],
    results.map(({ id, expected, objective, second, ok }) => [
      id,
      number(expected),
      number(objective),
      number(second),
      ok ? 'ok' : 'differs',
    ]),
  );

/** What is wrong, in a sentence; undefined when all is well. */
export const findCaseFault = (results: readonly CaseResult[]): string | undefined => {
  const wrong = results.filter(({ ok }) => !ok).map(({ id }) => id);
  return wrong.length > 0 ? `Not at the expected objective: ${wrong.join(', ')}.` : undefined;
};
