import type { Interval } from '#libs/kernel';
import { type ComparedDay, isWithin, judgePredictions, PREDICTION_CONFIDENCE } from '#libs/simulation';
import type { LedgerDay } from '#libs/store';

import { timingOf } from '../../ledger/ledger-days.js';
import { LEAST_MEASURED } from '../../measured-days.js';
import type { LedgerDayDocument, LedgerDocument } from './ledger.schema.js';

type WindowOf = (page: LedgerDay) => Interval;

const findTiming = (page: LedgerDay, windowOf: WindowOf): LedgerDayDocument['timing'] =>
  page.predicted === null ? null : timingOf(windowOf(page), page.predicted);

const stateOf = ({ prediction, failure, counted, outcome }: LedgerDay): LedgerDayDocument['state'] => {
  if (failure !== null) return 'not_predicted';
  if (prediction === null) return 'predicting';
  if (counted === null) return 'predicted';
  return outcome === null ? 'not_live' : 'compared';
};

const whyOf = ({ failure, counted, outcome, liveRatio }: LedgerDay): string | null => {
  const isMissing = counted !== null && outcome === null;
  const live = `It was live for ${Math.floor((liveRatio ?? 0) * 100)} % of the day, and ${LEAST_MEASURED * 100} % are needed to count what happened.`;
  return [failure ?? [], isMissing ? live : []].flat().join(' ') || null;
};

const dayDocument = (page: LedgerDay, windowOf: WindowOf): LedgerDayDocument => {
  const [prediction, outcome] = [page.prediction ?? {}, page.outcome ?? {}];
  const names = [...new Set([...Object.keys(prediction), ...Object.keys(outcome)])];
  return {
    day: page.day,
    state: stateOf(page),
    timing: findTiming(page, windowOf),
    predicted_ms: page.predicted,
    live_ratio: page.liveRatio,
    why: whyOf(page),
    indicators: Object.fromEntries(
      names.map((name) => {
        const [predicted = null, happened = null] = [prediction[name], outcome[name]];
        const isBoth = predicted !== null && happened !== null;
        return [
          name,
          {
            predicted,
            happened,
            difference: isBoth ? happened - predicted.mean : null,
            within: isBoth ? isWithin(predicted, happened) : null,
          },
        ];
      }),
    ),
  };
};

/** The newest pages, so many, and how good predictions were over all of them. `pages`: newest first; `windowOf`: when a day begins and ends. */
export const ledgerDocument = (pages: readonly LedgerDay[], count: number, windowOf: WindowOf): LedgerDocument => {
  const compared = pages.flatMap((page): ComparedDay[] =>
    page.prediction && page.outcome && findTiming(page, windowOf) !== 'late'
      ? [{ prediction: page.prediction, outcome: page.outcome }]
      : [],
  );
  return {
    days: pages.slice(0, count).map((page) => dayDocument(page, windowOf)),
    confidence: PREDICTION_CONFIDENCE,
    accuracy: Object.fromEntries(
      Object.entries(judgePredictions(compared)).map(([name, { days, within, meanError, meanAbsoluteError }]) => [
        name,
        { days, mean_error: meanError, mean_absolute_error: meanAbsoluteError, within },
      ]),
    ),
  };
};
