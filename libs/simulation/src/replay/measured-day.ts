import { type Gateway, type Pack, type Recording, replayOf } from '#libs/games';
import { DAY_MS, type EpochMs, fromCivil, type Interval, MINUTE_MS, toCivil } from '#libs/kernel';

import type { World } from '../world/world.js';

/** What a sensor told of a day. */
export interface MeasuredPoint {
  readonly venue: string;
  readonly point: string;
  /** By minute from the day's start: mean power in kW, or people who passed; null where nothing arrived. */
  readonly values: readonly (number | null)[];
}

/** Recordings repeat after whole weeks: from more than eight days before the day, which forecasts look back to, until after it. */
const LENGTH_MS = 14 * DAY_MS;
const BEFORE_MS = 9 * DAY_MS;
const ID = 'measured';

/** The pack with what was measured on a day in the place of what its recording has there. Where nothing arrived the recording stands in, as it does before the day. */
export const withMeasured = (pack: Pack, window: Interval, measured: readonly MeasuredPoint[]): Pack => {
  const zone = pack.games.time_zone;
  const startCivil = toCivil(zone, window.start) - BEFORE_MS;
  const rows = LENGTH_MS / MINUTE_MS;
  const instants = Array.from({ length: rows }, (_, row) => fromCivil(zone, startCivil + row * MINUTE_MS));
  const columns = new Map<string, Float64Array>();
  const gateways = pack.gateways.map((gateway): Gateway => ({
    ...gateway,
    points: gateway.points.map((point) => {
      const told = measured.find((one) => one.venue === gateway.venue && one.point === point.id);
      if (!point.recorded || !told) return point;
      const column = `${gateway.venue}/${point.id}`;
      const recorded = replayOf(pack, point.recorded);
      const valueAt = (at: EpochMs): number => told.values[(at - window.start) / MINUTE_MS] ?? recorded(at);
      columns.set(column, Float64Array.from(instants, valueAt));
      const rule = point.recorded.rule === 'spread' ? 'spread' : 'hold';
      return { ...point, recorded: { series: `${ID}.${column}`, scale: 1, rule } };
    }),
  }));
  const recording: Recording = { id: ID, startCivil, stepMs: MINUTE_MS, columns, rows };
  return { ...pack, gateways, recordings: new Map([...pack.recordings, [ID, recording]]) };
};

/** A world in which people, loads and sun are as they were measured; roads and breakdowns stay as they are drawn. */
export const measuredWorld = (world: World): World => ({
  ...world,
  people: (_venue, _point, _minute, mean) => mean,
  loadRatio: () => 1,
  sunRatio: () => 1,
});
