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
}

/** The last value before each gap stands in it. */
const held = (values: readonly (number | null)[]): ((minute: number) => number) => {
  let last = values.find((value) => value !== null) ?? 0;
  const whole = values.map((value) => (last = value ?? last));
  return (minute) => whole[minute] ?? 0;
};

/** The indicators of energy, of flows that were measured: counted as those of a simulated day are, each venue on the connections on which it stands as a rule. */
export const sumUpFlows = (pack: Pack, window: Interval, flows: readonly MeasuredFlows[]): Indicators => {
  const meter = new EnergyMeter(pack);
  let [owedKwh, wear] = [0, 0];
  for (const { venue: id, grid, battery, soc } of flows) {
    const venue = pack.venues.find((one) => one.id === id);
    if (!venue) continue;
    const [gridAt, batteryAt] = [held(grid), held(battery)];
    const shares = sharesOf(closedConnections(venue, () => undefined));
    for (let minute = 0; window.start + minute * MINUTE_MS < window.end; minute += 1) {
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
