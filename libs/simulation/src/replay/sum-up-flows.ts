import { closedConnections, type Pack, sharesOf } from '#libs/games';
import { epochMs, type Interval, MINUTE_MS } from '#libs/kernel';

import { EnergyMeter } from '../energy-meter.js';
import type { Indicators } from '../indicators.js';

/** What flowed at a venue on a day, by minute from its start; null where nothing arrived. */
export interface MeasuredFlows {
  readonly venue: string;
  /** kW, positive while importing. */
  readonly grid: readonly (number | null)[];
  /** kW, positive while charging. */
  readonly battery: readonly (number | null)[];
  /** State of charge. */
  readonly soc: readonly (number | null)[];
  /** Where its transfer switches stood, counted from 1, by the point that measures it; one that is missing was never read. */
  readonly positions: ReadonlyMap<string, readonly (number | null)[]>;
}

/** The last value before each gap stands in it; before the first there is none. */
const heldFromFirst = (values: readonly (number | null)[]): readonly (number | undefined)[] => {
  let last: number | undefined;
  return values.map((value) => (last = value ?? last));
};

/** The last value before each gap stands in it, and before the first that one. */
const held = (values: readonly (number | null)[]): ((minute: number) => number) => {
  let last = values.find((value) => value !== null) ?? 0;
  const whole = values.map((value) => (last = value ?? last));
  return (minute) => whole[minute] ?? 0;
};

/** The indicators of energy, of flows that were measured: counted as those of a simulated day are, each venue on the connections on which it stood; on its first before a switch was read. */
export const sumUpFlows = (pack: Pack, window: Interval, flows: readonly MeasuredFlows[]): Indicators => {
  const meter = new EnergyMeter(pack);
  let [owedKwh, wear] = [0, 0];
  for (const { venue: id, grid, battery, soc, positions } of flows) {
    const venue = pack.venues.find((one) => one.id === id);
    if (!venue) continue;
    const [gridAt, batteryAt] = [held(grid), held(battery)];
    const stood = new Map([...positions].map(([point, values]) => [point, heldFromFirst(values)]));
    for (let minute = 0; window.start + minute * MINUTE_MS < window.end; minute += 1) {
      const shares = sharesOf(closedConnections(venue, (_, point) => stood.get(point)?.[minute]));
      meter.count(
        epochMs(window.start + minute * MINUTE_MS),
        new Map(shares.map((one) => [one.id, gridAt(minute) * one.share])),
      );
      wear += (Math.abs(batteryAt(minute)) / 60) * (venue.battery?.wear_cost_per_kwh ?? 0);
    }
    const known = soc.filter((ratio) => ratio !== null);
    owedKwh += ((known[0] ?? 0) - (known.at(-1) ?? 0)) * (venue.battery?.capacity_kwh ?? 0);
  }
  return {
    energy_cost: meter.cost + wear + owedKwh * meter.meanPrice,
    peak_import_kw: meter.peakImportKw,
    over_limit_kwh: meter.overLimitKwh,
    carbon_kg: meter.carbonKg,
  };
};
