import type { Pack } from '#libs/games';
import { type Interval, MINUTE_MS } from '#libs/kernel';
import { type Indicators, type MeasuredFlows, type MeasuredPoint, sumUpFlows } from '#libs/simulation';
import type { PointRow, SeriesStep, Store } from '#libs/store';

import { HISTORY, readHistory } from './control/history/history-document.js';

/** Of a day's minutes, those that have to be measured for it to be run again, or for what happened to be counted. */
export const LEAST_MEASURED = 0.9;

/** What live operation came to on a past day. */
export interface LiveDay {
  /** The share of the day's minutes of which the grid power was measured, at the venue with the least. The imported past counts as not live: its plants were at rest. */
  readonly liveRatio: number;
  /** Counted as in a simulation; null where it did not run for `LEAST_MEASURED` of the day. */
  readonly happened: Indicators | null;
}

/** A past day as the store has it. */
export interface StoredDay extends LiveDay {
  /** Of the points that have a recording: by point, the share of its minutes that was measured, on the average. */
  readonly measuredRatio: number;
  readonly points: readonly MeasuredPoint[];
}

type DayStore = Pick<Store, 'readings' | 'operations' | 'listPoints'>;
type Values = readonly (number | null)[];

/** A watt: more digits are only bytes. */
const rounded = (value: number): number => Math.round(value * 1e3) / 1e3;

const shareOf = (values: Values): number => values.filter((value) => value !== null).length / values.length;

const meanOf = ({ sum, count }: SeriesStep): number => sum / count;

/** A point's values by minute of the day. */
const readMinutes = async (
  { readings }: DayStore,
  { start, end }: Interval,
  { id }: PointRow,
  valueOf: (step: SeriesStep) => number,
): Promise<Values> => {
  const values = new Array<number | null>((end - start) / MINUTE_MS).fill(null);
  for (const step of await readings.series(id, start, end, MINUTE_MS))
    values[(step.ts - start) / MINUTE_MS] = rounded(valueOf(step));
  return values;
};

/** Reads a day minute by minute: loads, sun and counts, and what live operation came to. */
export const readDay = async (store: DayStore, pack: Pack, window: Interval): Promise<StoredDay> => {
  const known = await store.listPoints();
  const points: MeasuredPoint[] = [];
  for (const { venue, points: own } of pack.gateways) {
    for (const { id, unit, recorded } of own) {
      const row = known.find((one) => one.venue === venue && one.point === id);
      if (!recorded || !row) continue;
      const values = await readMinutes(store, window, row, unit === 'people' ? ({ sum }) => sum : meanOf);
      points.push({ venue, point: id, values });
    }
  }
  const measured = points.reduce((sum, { values }) => sum + shareOf(values), 0);
  return { measuredRatio: measured / Math.max(1, points.length), points, ...(await readLiveDay(store, pack, window)) };
};

/** Reads what flowed through connections and batteries and where switches stood minute by minute, and what left. */
export const readLiveDay = async (store: DayStore, pack: Pack, window: Interval): Promise<LiveDay> => {
  const known = await store.listPoints();
  const flows: MeasuredFlows[] = [];
  for (const { id: venue, switches = [] } of pack.venues) {
    const ofKind = async (kind: string): Promise<Values | undefined> => {
      const row = known.find((one) => one.venue === venue && one.kind === kind);
      return row && (await readMinutes(store, window, row, meanOf));
    };
    const grid = await ofKind('grid_power');
    if (!grid) continue;
    const [battery = [], soc = []] = [await ofKind('battery_power'), await ofKind('battery_soc')];
    const positions = new Map<string, Values>();
    for (const { point } of switches) {
      const row = known.find((one) => one.venue === venue && one.point === point);
      if (row) positions.set(point, await readMinutes(store, window, row, ({ last }) => last));
    }
    flows.push({ venue, grid, battery, soc, positions });
  }
  const imported = readHistory(await store.operations.getState(HISTORY));
  const from = Math.max(0, ((imported?.to_ms ?? window.start) - window.start) / MINUTE_MS);
  const liveShare = (values: Values): number => shareOf(values.map((value, minute) => (minute < from ? null : value)));
  const liveRatio = flows.length === 0 ? 0 : Math.min(...flows.map(({ grid }) => liveShare(grid)));
  if (liveRatio < LEAST_MEASURED) return { liveRatio, happened: null };
  const trips = await store.operations.listTrips(window.start, window.end);
  return { liveRatio, happened: { ...sumUpFlows(pack, window, flows), departures: trips.length } };
};
