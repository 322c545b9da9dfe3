import { expect, it } from '@jest/globals';
import { DAY_MS, epochMs } from '#libs/kernel';
import type { LedgerDay } from '#libs/store';

import { ledgerDocument } from './ledger-document.js';

const windowOf = ({ day }: LedgerDay) => {
  const start = Date.parse(`${day}T00:00Z`);
  return { start: epochMs(start), end: epochMs(start + DAY_MS) };
};
const before = epochMs(Date.parse('2026-11-23T18:00Z'));
const after = epochMs(Date.parse('2026-11-25T01:00Z'));
const page = (more: Partial<LedgerDay>): LedgerDay => ({
  day: '2026-11-24',
  run: null,
  predicted: null,
  prediction: null,
  failure: null,
  counted: null,
  liveRatio: null,
  outcome: null,
  ...more,
});
const predicted = { predicted: before, prediction: { departures: { mean: 90, low: 80, high: 100 } } };
const counted = { counted: after, liveRatio: 1, outcome: { departures: 97 } };
const documentOf = (more: Partial<LedgerDay>) => ledgerDocument([page(more)], 1, windowOf);

it('a day goes from its prediction to what happened', () => {
  expect(documentOf({}).days[0]).toMatchObject({ state: 'predicting', timing: null, indicators: {}, why: null });
  expect(documentOf(predicted).days[0]).toMatchObject({
    state: 'predicted',
    timing: 'before',
    indicators: { departures: { predicted: { mean: 90 }, happened: null, difference: null, within: null } },
  });
  expect(documentOf({ ...predicted, ...counted })).toMatchObject({
    days: [{ state: 'compared', indicators: { departures: { happened: 97, difference: 7, within: true } } }],
    accuracy: { departures: { days: 1, mean_error: 7, within: 1 } },
  });
});

it('a day without an outcome or a prediction says why', () => {
  const dark = { counted: after, liveRatio: 0.429, outcome: null };
  expect(documentOf({ ...predicted, ...dark }).days[0]).toMatchObject({
    state: 'not_live',
    why: 'It was live for 42 % of the day, and 90 % are needed to count what happened.',
  });
  expect(documentOf({ failure: 'Nobody did.', ...counted })).toMatchObject({
    days: [
      { state: 'not_predicted', why: 'Nobody did.', indicators: { departures: { predicted: null, happened: 97 } } },
    ],
    accuracy: {},
  });
  expect(documentOf({ failure: 'Nobody did.', ...dark }).days[0]?.why).toMatch(/^Nobody did\. It was live for 42 %/);
});

it('a late prediction is shown and not judged', () => {
  const late = documentOf({ ...predicted, predicted: after, ...counted });
  expect(late.days[0]).toMatchObject({ timing: 'late', state: 'compared' });
  expect(late.accuracy).toEqual({});
});

it('all days are judged, also those that are not shown', () => {
  const pages = [page({ day: '2026-11-25' }), page({ ...predicted, ...counted })];
  const { days, accuracy } = ledgerDocument(pages, 1, windowOf);
  expect(days.map(({ day }) => day)).toEqual(['2026-11-25']);
  expect(accuracy['departures']?.days).toBe(1);
});
