import { type Pack, minuteValues } from '#libs/games';
import { DAY_MS, epochMs, type EpochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import type { ReadingRow, ReadingStore } from '#libs/store';
import { QUALITY } from '#libs/telemetry';
import type { PackPoint, PackPoints } from '../points.js';

/** How often progress is told, ms of wall time. */
const TELL_MS = 2_000;

/** What a gateway's plant model measures, which was at rest. */
const AT_REST: ReadonlySet<string> = new Set([
  'battery_power',
  'battery_soc',
  'asset_power',
  'store_soc',
  'grid_power',
]);

/** The points that have a past. Of a device nobody knows what it would have measured, and nothing is made up. */
const pastPoints = ({ gateways }: Pack, points: PackPoints): readonly PackPoint[] => {
  const ofGateways = new Set(gateways.flatMap(({ venue, points }) => points.map(({ id }) => `${venue} ${id}`)));
  return points.all.filter(
    ({ venue, point }) =>
      ofGateways.has(`${venue} ${point.id}`) && (point.recorded !== undefined || AT_REST.has(point.kind)),
  );
};

/** The minutes of a point before the event begins: recorded, or of a plant at rest (stores idle at their initial charge, generators off, grid = load - pv). */
const valuesOf = (
  pack: Pack,
  points: PackPoints,
  { venue, point }: PackPoint,
  from: EpochMs,
  to: EpochMs,
): Float64Array => {
  if (point.recorded) return minuteValues(pack, point.recorded, from, to);
  const idle = new Float64Array((to - from) / MINUTE_MS);
  const site = pack.venues.find(({ id }) => id === venue);
  if (point.kind === 'battery_soc') return idle.fill(site?.battery?.initial_soc_ratio ?? 0);
  if (point.kind === 'store_soc')
    return idle.fill(site?.thermal?.find((one) => one.point === point.id)?.store.initial_soc_ratio ?? 0);
  if (point.kind !== 'grid_power') return idle;
  const recordedOf = (kind: 'load_power' | 'pv_power') => {
    const recorded = points.findKind(venue, kind)?.point.recorded;
    return recorded ? minuteValues(pack, recorded, from, to) : idle;
  };
  const pv = recordedOf('pv_power');
  return recordedOf('load_power').map((load, minute) => load - (pv[minute] ?? 0));
};

/**
 * Rows of the pack's whole history, one a point and minute, for `[from, to)` in whole minutes. All points of a minute come together, because
 * the store notes for its roll-up each minute that a batch wrote to.
 */
export function* historyRows(pack: Pack, points: PackPoints, from: EpochMs, to: EpochMs): Generator<ReadingRow> {
  const columns = pastPoints(pack, points).map((one) => ({
    pointId: one.id,
    values: valuesOf(pack, points, one, from, to),
  }));
  for (let ts = from, minute = 0; ts < to; ts = epochMs(ts + MINUTE_MS), minute += 1) {
    for (const { pointId, values } of columns) yield { pointId, ts, value: values[minute] ?? 0, quality: QUALITY.good };
  }
}

/** Fills an empty store with the pack's days before `now`; does nothing when anything is there. Returns the rows written. Rejects when aborted, with nothing written. */
export const importHistory = async (
  store: Pick<ReadingStore, 'isEmpty' | 'importHistory'>,
  pack: Pack,
  points: PackPoints,
  now: EpochMs,
  { say, signal }: { readonly say: (line: string) => void; readonly signal: AbortSignal },
): Promise<number> => {
  const days = pack.games.history_days;
  if (days === 0 || !(await store.isEmpty())) return 0;
  const to = floorTo(now, MINUTE_MS);
  const from = epochMs(to - days * DAY_MS);
  const total = (pastPoints(pack, points).length * (to - from)) / MINUTE_MS;
  say(`Importing ${days} days of history (${total.toLocaleString('en')} readings) …`);
  let told = performance.now();
  return store.importHistory(historyRows(pack, points, from, to), (rows) => {
    signal.throwIfAborted();
    if (performance.now() - told < TELL_MS) return;
    told = performance.now();
    say(`Importing history: ${Math.floor((100 * rows) / total)} %`);
  });
};
