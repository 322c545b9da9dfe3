import type { PointRow, SeriesStep } from '#libs/store';

import type { SeriesWindow } from './series-window.js';
import type { SeriesDocument } from './venue.schema.js';

const COUNTS = new Set(['count_in', 'count_out']);

/** A series as the API says it: power by its mean, counts by their sum. */
export const seriesDocument = (
  { venue, point, kind, unit }: PointRow,
  { from, to, stepSeconds }: SeriesWindow,
  steps: readonly SeriesStep[],
): SeriesDocument => ({
  venue,
  point,
  kind,
  unit,
  from_ms: from,
  to_ms: to,
  step_seconds: stepSeconds,
  steps: steps.map(({ ts, min, max, sum, count, last }) => ({
    ts_ms: ts,
    value: COUNTS.has(kind) ? sum : sum / count,
    min,
    max,
    last,
    count,
  })),
});
