import type { LinearSolver } from '#libs/lp';

import { planHour } from './plan-microgrid.js';
import { costOfHour, driveHour, type Flows, type Wanted } from './plant.js';
import type { Hours, Microgrid } from './read-microgrids.js';

/** Hours of the benchmark's test window: the first, and past the last. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

/** Hours that a plan looks ahead. */
export const HORIZON = 24;

export interface Run {
  readonly cost: number;
  /** By hour of the window. */
  readonly flows: readonly Flows[];
}

export type Controller = (hour: number, soc: number) => Promise<Wanted> | Wanted;

/** Closed loop: in each hour the controller says what it wants, the microgrid does what it can. */
export const runMicrogrid = async (
  microgrid: Microgrid,
  { from, until }: Window,
  controller: Controller,
): Promise<Run> => {
  const flows: Flows[] = [];
  let { soc } = microgrid.battery;
  let cost = 0;
  for (let hour = from; hour < until; hour += 1) {
    const done = driveHour(microgrid, hour, soc, await controller(hour, soc));
    flows.push(done);
    cost += costOfHour(microgrid, hour, done);
    soc = done.soc;
  }
  return { cost, flows };
};

/** Plans each hour on what really comes. */
export const perfect = (microgrid: Microgrid, solver: LinearSolver): Controller => {
  const { hours } = microgrid;
  return (hour, soc) =>
    planHour(
      microgrid,
      mapHours(hours, (series) => series.slice(hour, hour + HORIZON)),
      soc,
      solver,
    );
};

/** Plans each hour on the day before. Outages are announced. */
export const naive = (microgrid: Microgrid, solver: LinearSolver): Controller => {
  const { hours } = microgrid;
  return (hour, soc) => {
    const gridAvailable = hours.gridAvailable.slice(hour, hour + HORIZON);
    const yesterday = mapHours(hours, (series) => series.slice(hour - HORIZON, hour).slice(0, gridAvailable.length));
    return planHour(microgrid, { ...yesterday, gridAvailable }, soc, solver);
  };
};

/** Sun first, then the battery, then generator or grid: knows only the hour. */
export const greedy =
  ({ hours }: Microgrid): Controller =>
  (hour) => {
    const needKw = (hours.loadKw[hour] ?? 0) - (hours.pvKw[hour] ?? 0);
    return { batteryKw: -needKw, needKw };
  };

const mapHours = (hours: Hours, of: (series: readonly number[]) => readonly number[]): Hours => ({
  loadKw: of(hours.loadKw),
  pvKw: of(hours.pvKw),
  importPrice: of(hours.importPrice),
  exportPrice: of(hours.exportPrice),
  carbonKgPerKwh: of(hours.carbonKgPerKwh),
  gridAvailable: of(hours.gridAvailable),
});
