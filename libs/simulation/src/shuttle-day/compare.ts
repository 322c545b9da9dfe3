import { type Random, seededRandom } from '#libs/kernel';

import type { DispatchProblem } from './contract.js';
import { clearFigures, type ClearFigure, type Fate, fatesOf, waitFigures, type WaitFigures } from './day-figures.js';
import { type DemandDay, forecastAt } from './demand-day.js';
import type { Dispatcher } from './dispatcher.js';
import { type Driving, Roads, USUAL_DRIVING } from './driving.js';
import { chooseFixedHeadways } from './fixed-headways.js';
import { headwayDispatcher } from './headway-dispatcher.js';
import { scheduledTimetable } from './headway-timetable.js';
import { comingOf } from './people.js';
import { type Planner, rollingPlanner } from './rolling-planner.js';
import { type DayRecord, runShuttleDay } from './run-shuttle-day.js';
import { type Breakdown, daySeconds, type ShuttleDay } from './shuttle-day.js';

/**
 * `planned`: ours. `timetable`: the instance's headways. `fixed_headways`: the best headways that the same vehicle-hours buy from the same forecast, one a line for all
 * of the day. `hourly_headways`: the same, but each line's may change on the hour.
 */
export const METHODS = ['planned', 'timetable', 'fixed_headways', 'hourly_headways'] as const;
export type Method = (typeof METHODS)[number];

/** One method on one day. */
export interface MethodDay {
  readonly method: Method;
  readonly day: string;
  readonly fates: readonly Fate[];
  readonly clear: readonly ClearFigure[];
  readonly vehicle_km: number;
  readonly deadhead_km: number;
  readonly vehicle_hours: number;
  readonly departures: number;
  readonly refused: readonly string[];
}

export interface CompareOptions {
  readonly instance: DispatchProblem;
  readonly days: readonly DemandDay[];
  readonly planner: Planner;
  readonly seed: number;
  readonly driving?: Driving;
  /** How often it is planned anew. */
  readonly every_s: number;
  readonly onProgress?: (line: string) => void;
}

/** After the last people come, vehicles go on for so long, s. */
const RUN_OUT_S = 3600;
const FROZEN_S = 600;
/** Three hours. */
const HORIZON_SLOTS = 36;
const HOUR_S = 3600;
/** One of so many vehicles breaks down, and is back after so long. */
const VEHICLES_PER_BREAKDOWN = 40;
const BROKEN_S = 2400;
/** Vehicle-hours are matched to within this. */
const SAME_HOURS = 0.005;
const MOST_TRIES = 4;

/** Drives each day by each method. The same options, and a planner that repeats itself, give the same figures. */
export const compareMethods = async (options: CompareOptions): Promise<readonly MethodDay[]> => {
  const results: MethodDay[] = [];
  for (const [index, demand] of options.days.entries()) {
    const day = toShuttleDay(options, demand, options.seed + index);
    const roads = new Roads(day.instance, day.driving, day.seed);
    const drive = async (method: Method, dispatcher: Dispatcher): Promise<MethodDay> => {
      const result = toMethodDay(method, demand, day, await runShuttleDay(day, dispatcher));
      options.onProgress?.(`${demand.name}, ${method}: ${result.vehicle_hours.toFixed(1)} vehicle-hours`);
      return result;
    };
    const untilS = daySeconds(day) + RUN_OUT_S;
    const { instance } = day;
    const { planner, every_s } = options;
    const planned = await drive(
      'planned',
      rollingPlanner({ instance, roads, demand, planner, every_s, frozen_s: FROZEN_S, horizon_slots: HORIZON_SLOTS }),
    );
    results.push(
      planned,
      await drive('timetable', headwayDispatcher(instance, roads, scheduledTimetable(instance, untilS))),
    );
    const vehicleHours = planned.vehicle_hours;
    const forecast = forecastAt(demand, 0);
    for (const [method, periodS] of [
      ['fixed_headways', untilS],
      ['hourly_headways', HOUR_S],
    ] as const) {
      const fixed = await chooseFixedHeadways(day, { instance, roads, forecast, vehicleHours, periodS, untilS });
      results.push(await matchHours(vehicleHours, (asked) => drive(method, fixed(asked))));
    }
  }
  return results;
};

/** Finds the hours to ask for so that what is really driven comes to as much as `hours`: empty rides, late roads and missing vehicles are not known before. */
const matchHours = async (hours: number, drive: (asked: number) => Promise<MethodDay>): Promise<MethodDay> => {
  const missOf = ({ vehicle_hours }: MethodDay): number => Math.abs(vehicle_hours / hours - 1);
  if (hours === 0) return drive(0);
  let best = await drive(hours);
  let asked = hours;
  let last = best;
  for (let tries = 1; tries < MOST_TRIES && missOf(best) > SAME_HOURS; tries++) {
    asked *= hours / last.vehicle_hours;
    last = await drive(asked);
    if (missOf(last) < missOf(best)) best = last;
  }
  return best;
};

const toShuttleDay = (
  { instance, driving = USUAL_DRIVING }: CompareOptions,
  demand: DemandDay,
  seed: number,
): ShuttleDay => {
  const random = seededRandom(seed);
  const slotS = instance.grid.slotMs / 1000;
  return {
    instance,
    comes_s: demand.came.map((people) => comingOf(people, slotS, random)),
    driving,
    breakdowns: drawBreakdowns(instance, random),
    seed,
    run_out_s: RUN_OUT_S,
  };
};

const drawBreakdowns = ({ vehicles, grid }: DispatchProblem, random: Random): readonly Breakdown[] =>
  Array.from({ length: Math.round(vehicles.length / VEHICLES_PER_BREAKDOWN) }, () => ({
    vehicle: vehicles[Math.floor(random() * vehicles.length)]?.id ?? '',
    at_s: (random() * grid.count * grid.slotMs) / 1000,
    lasts_s: BROKEN_S,
  }));

const toMethodDay = (method: Method, demand: DemandDay, { instance }: ShuttleDay, record: DayRecord): MethodDay => ({
  method,
  day: demand.name,
  fates: fatesOf(instance, record),
  clear: clearFigures(instance, demand.sessions, record),
  vehicle_km: record.km + record.deadheadKm,
  deadhead_km: record.deadheadKm,
  vehicle_hours: record.vehicleHours,
  departures: record.departures.length,
  refused: record.refused,
});

export interface LineFigures extends WaitFigures {
  readonly method: Method;
  readonly line: string;
  /** Undefined: all groups together. */
  readonly group?: string;
}

/** All days of a method together, by line, and by line and group. */
export const lineFigures = (results: readonly MethodDay[]): readonly LineFigures[] => {
  const lines = [...new Set(results.flatMap(({ fates }) => fates.map(({ line }) => line)))];
  return METHODS.flatMap((method) => {
    const fates = results.filter((result) => result.method === method).flatMap((result) => result.fates);
    return lines.flatMap((line): readonly LineFigures[] => {
      const own = fates.filter((fate) => fate.line === line);
      const groups = [...new Set(own.map(({ group }) => group))];
      return [
        { method, line, ...waitFigures(own) },
        ...groups.map((group) => ({ method, line, group, ...waitFigures(own.filter((fate) => fate.group === group)) })),
      ];
    });
  });
};
