import { type Pack, minuteValues } from '#libs/games';
import { DAY_MS, epochMs, type EpochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import type { OperationsStore, ReadingRow, ReadingStore } from '#libs/store';
import { QUALITY } from '#libs/telemetry';
import type { PackPoint, PackPoints } from '../points.js';
import { type History, HISTORY, isUnderWay, readHistory } from './history-document.js';

/** How often progress is told, ms of wall time. */
const TELL_MS = 1_000;

/** What a gateway's plant model measures, which was at rest. */
const AT_REST: ReadonlySet<string> = new Set([
  'battery_power',
  'battery_soc',
  'asset_power',
  'store_soc',
  'switch_position',
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

/** The minutes of a point before the event begins: recorded, or of a plant at rest (stores idle at their initial charge, generators off, switches on their first connection, grid = load - pv). */
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
  if (point.kind === 'switch_position') return idle.fill(1);
  if (point.kind !== 'grid_power') return idle;
  const recordedOf = (kind: 'load_power' | 'pv_power') => {
    const recorded = points.findKind(venue, kind)?.point.recorded;
    return recorded ? minuteValues(pack, recorded, from, to) : idle;
  };
  const pv = recordedOf('pv_power');
  return recordedOf('load_power').map((load, minute) => load - (pv[minute] ?? 0));
};

/** Rows of the pack's past, one a point and minute, for `[from, to)` in whole minutes; point by point, as the store likes it best. */
export function* historyRows(pack: Pack, points: PackPoints, from: EpochMs, to: EpochMs): Generator<ReadingRow> {
  for (const one of pastPoints(pack, points)) {
    for (const [minute, value] of valuesOf(pack, points, one, from, to).entries())
      yield { pointId: one.id, ts: epochMs(from + minute * MINUTE_MS), value, quality: QUALITY.good };
  }
}

export interface HistoryStore {
  readonly readings: Pick<ReadingStore, 'isEmpty' | 'importHistory'>;
  readonly operations: Pick<OperationsStore, 'putState' | 'getState'>;
}

/** What is to be imported before event time `now`: the pack's days where the store is empty, or the rest of an import that broke off. To be asked before anybody writes readings. */
export const openHistory = async (
  { readings, operations }: HistoryStore,
  { games }: Pick<Pack, 'games'>,
  now: EpochMs,
): Promise<History | undefined> => {
  const known = readHistory(await operations.getState(HISTORY));
  if (known) return isUnderWay(known) ? known : undefined;
  if (games.history_days === 0 || !(await readings.isEmpty())) return undefined;
  const to = floorTo(now, MINUTE_MS);
  const from = to - games.history_days * DAY_MS;
  const history: History = { from_ms: from, to_ms: to, until_ms: from, done_ratio: 0 };
  await operations.putState(HISTORY, history);
  return history;
};

/** Writes the pack's past day by day, each with its rollups; returns the rows that were new. Rejects when aborted: whole days stay, and the next start goes on. */
export const importHistory = async (
  { readings, operations }: HistoryStore,
  pack: Pack,
  points: PackPoints,
  history: History,
  signal: AbortSignal,
): Promise<number> => {
  const { from_ms, to_ms } = history;
  const ofMinute = pastPoints(pack, points).length;
  let told = performance.now();
  let inserted = 0;
  const put = async (until_ms: number, atMs: number) => {
    told = performance.now();
    await operations.putState(HISTORY, { from_ms, to_ms, until_ms, done_ratio: (atMs - from_ms) / (to_ms - from_ms) });
  };
  // One after the other, so that the last word stays; what is not told now is told with the next.
  let telling = Promise.resolve();
  for (let start = epochMs(history.until_ms); start < to_ms;) {
    const end = epochMs(Math.min(start + DAY_MS, to_ms));
    inserted += await readings.importHistory(historyRows(pack, points, start, end), (rows) => {
      signal.throwIfAborted();
      if (performance.now() - told < TELL_MS) return;
      const part = start;
      telling = telling.then(() => put(part, part + (rows / ofMinute) * MINUTE_MS)).catch(() => undefined);
    });
    await telling;
    await put(end, end);
    start = end;
  }
  return inserted;
};
