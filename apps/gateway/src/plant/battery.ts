import { energyOf, type Kilowatts, kilowatts, powerOf, kilowattHours, type Seconds } from '#libs/kernel';
import type { Venue } from '#libs/games';

export type BatterySpec = NonNullable<Venue['battery']>;

export interface BatteryStep {
  /** Power at the terminals, positive while charging. */
  readonly power: Kilowatts;
  /** State of charge after the step, as a share of the capacity. */
  readonly socRatio: number;
}

/**
 * A battery that is asked for a constant power over a duration: it gives what its power, its band and its efficiencies allow.
 * Outside its band it only moves back towards it.
 */
export const stepBattery = (spec: BatterySpec, socRatio: number, wanted: Kilowatts, duration: Seconds): BatteryStep => {
  const room = powerOf(kilowattHours(Math.max(0, spec.soc_max_ratio - socRatio) * spec.capacity_kwh), duration);
  const stock = powerOf(kilowattHours(Math.max(0, socRatio - spec.soc_min_ratio) * spec.capacity_kwh), duration);
  const mostIn = Math.min(spec.power_kw, room / spec.charge_efficiency);
  const mostOut = Math.min(spec.power_kw, stock * spec.discharge_efficiency);
  const power = kilowatts(Math.max(-mostOut, Math.min(mostIn, wanted)));
  const stored = power > 0 ? power * spec.charge_efficiency : power / spec.discharge_efficiency;
  return { power, socRatio: socRatio + energyOf(kilowatts(stored), duration) / spec.capacity_kwh };
};
