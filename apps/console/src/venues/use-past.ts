import { useResource } from '../api/use-resource.js';
import type { Series } from '../api/wire.js';
import type { Sample } from './trend-path.js';

const STEP_MS = 15 * 60_000;

/** Quarter-hour means of a venue's grid power in `[from, to)`, each at the middle of its quarter. */
export const usePast = (venue: string, from: number, to: number): readonly Sample[] => {
  const series = useResource<Series>(
    `/venues/${encodeURIComponent(venue)}/series?point=main.active_power&from=${from}&to=${to}&step=15m`,
  );
  return series.state === 'ready'
    ? series.value.steps.map(({ ts_ms, value }) => ({ ts: ts_ms + STEP_MS / 2, value }))
    : [];
};
