import type { Forecast } from '#libs/forecast';
import { type EpochMs, slotStart } from '#libs/kernel';
import type { PlanKind } from '#libs/planning';
import type { PlanningRoom } from './planning-room.js';
import type { PackPoint } from './points.js';

export interface PointForecast {
  readonly one: PackPoint;
  readonly forecast: Forecast;
}

/** Stores what a plan of this kind is made from, and reports how far the last day's forecasts were off. Gives the run's id. */
export const recordForecasts = async (
  { store, metrics }: Pick<PlanningRoom, 'store' | 'metrics'>,
  kind: PlanKind,
  now: EpochMs,
  series: readonly PointForecast[],
): Promise<string> => {
  for (const { one, forecast } of series) {
    if (forecast.errorRatio !== null)
      metrics.forecastError.set({ series: `${one.venue}.${one.point.id}` }, forecast.errorRatio);
  }
  const id = `${kind}-${now}`;
  await store.operations.saveForecast({
    id,
    made: now,
    method: series[0]?.forecast.method ?? 'none',
    values: series.flatMap(({ one, forecast }) =>
      forecast.values.map((value, slot) => ({ pointId: one.id, ts: slotStart(forecast.grid, slot), value })),
    ),
  });
  return id;
};
