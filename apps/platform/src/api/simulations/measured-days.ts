import type { Pack } from '#libs/games';
import { type Interval, MINUTE_MS } from '#libs/kernel';
import { type Indicators, type MeasuredFlows, type MeasuredPoint, sumUpFlows } from '#libs/simulation';
import type { PointRow, SeriesStep, Store } from '#libs/store';

/** Of a day's minutes, those that have to be measured for it to be run again. */
export const LEAST_MEASURED = 0.9;

/** A past day as the store has it. */
export interface StoredDay {
  /** Of the points that have a recording: by point, the share of its minutes that was measured, on the average. */
  readonly measuredRatio: number;
  readonly points: readonly MeasuredPoint[];
  /** What live operation came to; null where it did not run all day. */
  readonly happened: Indicators | null;
}

type Values = readonly (number | null)[];

/** A watt: more digits are only bytes. */
const rounded = (value: number): number => Math.round(value * 1e3) / 1e3;

const shareOf = (values: Values): number => values.filter((value) => value !== null).length / values.length;

/** Reads a day minute by minute: loads, sun and counts, and what flowed through connections and batteries. */
export const readDay = async (
  store: Pick<Store, 'readings' | 'operations' | 'listPoints'>,
  pack: Pack,
  window: Interval,
): Promise<StoredDay> => {
  const known = await store.listPoints();
  const minutes = (window.end - window.start) / MINUTE_MS;
  const read = async (row: PointRow, valueOf: (step: SeriesStep) => number): Promise<Values> => {
    const values = new Array<number | null>(minutes).fill(null);
    for (const step of await store.readings.series(row.id, window.start, window.end, MINUTE_MS))
      values[(step.ts - window.start) / MINUTE_MS] = rounded(valueOf(step));
    return values;
  };
  const meanOf = ({ sum, count }: SeriesStep): number => sum / count;

  const points: MeasuredPoint[] = [];
  for (const { venue, points: own } of pack.gateways) {
    for (const { id, unit, recorded } of own) {
      const row = known.find((one) => one.venue === venue && one.point === id);
      if (!recorded || !row) continue;
      points.push({ venue, point: id, values: await read(row, unit === 'people' ? ({ sum }) => sum : meanOf) });
    }
  }

  const flows: MeasuredFlows[] = [];
  for (const { id: venue } of pack.venues) {
    const ofKind = async (kind: string): Promise<Values | undefined> => {
      const row = known.find((one) => one.venue === venue && one.kind === kind);
      return row && (await read(row, meanOf));
    };
    const grid = await ofKind('grid_power');
    if (!grid) continue;
    const [battery = [], soc = []] = [await ofKind('battery_power'), await ofKind('battery_soc')];
    flows.push({ venue, grid, battery, soc });
  }
  const isLive = flows.length > 0 && flows.every(({ grid }) => shareOf(grid) >= LEAST_MEASURED);
  const trips = isLive ? await store.operations.listTrips(window.start, window.end) : [];
  return {
    measuredRatio: points.reduce((sum, { values }) => sum + shareOf(values), 0) / Math.max(1, points.length),
    points,
    happened: isLive ? { ...sumUpFlows(pack, window, flows), departures: trips.length } : null,
  };
};
