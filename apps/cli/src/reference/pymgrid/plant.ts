import { gridCost, type Microgrid } from './read-microgrids.js';

/** Flows of an hour, kWh on the bus; `soc` at its end. */
export interface Flows {
  readonly import: number;
  readonly export: number;
  readonly generator: number;
  readonly charge: number;
  readonly discharge: number;
  readonly soc: number;
  readonly unmet: number;
  readonly curtailed: number;
}

/** What the battery should do, positive while charging, when load less sun is as expected. */
export interface Wanted {
  readonly batteryKw: number;
  readonly needKw: number;
}

/**
 * An hour of a microgrid. The battery does as wanted, and in what came otherwise than expected it takes sun that would be lost and gives no more than is asked for. Grid and generator, the cheaper
 * first, carry the rest, then what the battery still has; then load goes without. What is over is exported where that pays, else curtailed.
 */
export const driveHour = (microgrid: Microgrid, hour: number, soc: number, wanted: Wanted): Flows => {
  const { hours, grid, generator, battery } = microgrid;
  const of = (series: readonly number[]): number => series[hour] ?? 0;
  const reach = reachOf(microgrid, soc);
  const need = of(hours.loadKw) - of(hours.pvKw);
  const alive = of(hours.gridAvailable);
  const [importMost, generatorMost] = [(grid?.importKw ?? 0) * alive, generator?.kw ?? 0];
  let batteryKw = wanted.batteryKw + correction(wanted, need);
  // Load before an empty battery, and before one that is being filled.
  batteryKw = Math.min(batteryKw, importMost + generatorMost - need);
  batteryKw = Math.min(reach.charge, Math.max(-reach.discharge, batteryKw));
  const short = Math.max(0, need + batteryKw);
  const gridFirst = gridCost(microgrid, hour) <= (generator?.costPerKwh ?? Infinity);
  const bought = Math.min(importMost, gridFirst ? short : Math.max(0, short - generatorMost));
  const generated = Math.min(generatorMost, short - bought);
  const surplus = Math.max(0, -need - batteryKw);
  const sold = of(hours.exportPrice) > 0 ? Math.min((grid?.exportKw ?? 0) * alive, surplus) : 0;
  const [charge, discharge] = [Math.max(0, batteryKw), Math.max(0, -batteryKw)];
  return {
    import: bought,
    export: sold,
    generator: generated,
    charge,
    discharge,
    soc: soc + (charge * battery.efficiency - discharge / battery.efficiency) / battery.capacityKwh,
    unmet: short - bought - generated,
    curtailed: surplus - sold,
  };
};

/** Less need than expected: the battery gives so much less of what it was to give, and takes what would be lost. */
const correction = ({ batteryKw, needKw }: Wanted, need: number): number => {
  const less = needKw - need;
  if (less <= 0) return 0;
  const lost = Math.max(0, -need - batteryKw) - Math.max(0, -needKw - batteryKw);
  return Math.min(less, lost);
};

/** What the battery can take and give in an hour. */
const reachOf = ({ battery }: Microgrid, soc: number): { readonly charge: number; readonly discharge: number } => {
  const { capacityKwh, chargeKw, dischargeKw, efficiency, socMin, socMax } = battery;
  return {
    charge: Math.max(0, Math.min(chargeKw, ((socMax - soc) * capacityKwh) / efficiency)),
    discharge: Math.max(0, Math.min(dischargeKw, (soc - socMin) * capacityKwh * efficiency)),
  };
};

/** What flows cost, by the benchmark's own formula. */
export const costOfHour = (microgrid: Microgrid, hour: number, flows: Flows): number =>
  flows.import * gridCost(microgrid, hour) -
  flows.export * (microgrid.hours.exportPrice[hour] ?? 0) +
  flows.generator * (microgrid.generator?.costPerKwh ?? 0) +
  (flows.charge + flows.discharge) * microgrid.battery.wearPerKwh +
  flows.unmet * microgrid.unmetPerKwh;
