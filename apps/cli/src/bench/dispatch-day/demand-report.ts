import { type LineFigures, lineFigures, type Method, type MethodDay, METHODS, waitFigures } from '#libs/simulation';

import { formatTable } from '../../output.js';
import type { DemandFigures } from './demand-comparison.js';

/** What the project set itself: no line's mean wait is worse than so many times that of the best fixed headways. */
const MOST_RATIO = 1.2;

const round = (value: number): number => Number(value.toFixed(2));
const rounded = (figures: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(figures).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'number' ? round(value) : value,
    ]),
  );

const sumOf = (days: readonly MethodDay[], figure: 'vehicle_km' | 'deadhead_km' | 'vehicle_hours' | 'departures') =>
  round(days.reduce((sum, day) => sum + day[figure], 0));

const totalsOf = (method: Method, results: readonly MethodDay[]) => {
  const days = results.filter((result) => result.method === method);
  return {
    method,
    ...waitFigures(days.flatMap(({ fates }) => fates)),
    vehicle_km: sumOf(days, 'vehicle_km'),
    deadhead_km: sumOf(days, 'deadhead_km'),
    vehicle_hours: sumOf(days, 'vehicle_hours'),
    departures: sumOf(days, 'departures'),
    refused_orders: days.reduce((sum, { refused }) => sum + refused.length, 0),
    clear: days.flatMap(({ day, clear }) => clear.map((figure) => ({ day, ...rounded(figure) }))),
  };
};

const ratiosOf = (lines: readonly LineFigures[]) => {
  const meanOf = (line: string, method: Method): number =>
    lines.find((one) => one.line === line && one.group === undefined && one.method === method)?.mean_wait_min ?? 0;
  const ratio = (minutes: number, to: number): number | null => (to > 0 ? round(minutes / to) : null);
  return [...new Set(lines.map(({ line }) => line))].map((line) => {
    const planned = meanOf(line, 'planned');
    return {
      line,
      ...Object.fromEntries(METHODS.map((method) => [`${method}_min`, round(meanOf(line, method))])),
      ratio: ratio(planned, meanOf(line, 'fixed_headways')),
      hourly_ratio: ratio(planned, meanOf(line, 'hourly_headways')),
    };
  });
};

/** The figures under the names that others read. */
export const demandReport = ({ flags, instance, days, results, plans, findings }: DemandFigures) => {
  const lines = lineFigures(results);
  const ratios = ratiosOf(lines);
  const worstOf = (name: 'ratio' | 'hourly_ratio') => Math.max(0, ...ratios.map((line) => line[name] ?? 0));
  const aboveBar = (name: 'ratio' | 'hourly_ratio') => ratios.filter((line) => (line[name] ?? 0) > MOST_RATIO).length;
  return {
    instance: flags.instance ?? null,
    lines_count: ratios.length,
    slots: instance.grid.count,
    fleet: flags.instance === undefined ? flags.fleet : null,
    vehicles: instance.vehicles.length,
    seed: flags.seed,
    days: days.map(({ name }) => name),
    deadline_ms: round(flags.deadline),
    cycle_s: flags.cycle / 1000,
    plans,
    plans_with_findings: findings,
    worst_ratio: worstOf('ratio'),
    lines_above_bar: aboveBar('ratio'),
    worst_hourly_ratio: worstOf('hourly_ratio'),
    lines_above_hourly_bar: aboveBar('hourly_ratio'),
    methods: METHODS.map((method) => rounded(totalsOf(method, results))),
    ratios,
    lines: lines.map((figures) => rounded({ ...figures, group: figures.group ?? null })),
  };
};

const NUMBERS = ['mean_wait_min', 'p95_wait_min', 'worst_wait_min', 'left_behind', 'unserved'] as const;

/** For people. */
export const demandTable = (figures: DemandFigures): string => {
  const { results, days } = figures;
  const totals = METHODS.map((method) => totalsOf(method, results));
  const lines = lineFigures(results);
  const groups = [...new Set(results.flatMap(({ fates }) => fates.map(({ group }) => group)))];
  const ofGroup = (group: string) =>
    METHODS.map((method) => {
      const fates = results.filter((one) => one.method === method).flatMap((one) => one.fates);
      return waitFigures(fates.filter((fate) => fate.group === group));
    });
  const show = (value: number): string => value.toFixed(1);
  return [
    `${days.length} days, ${totals[0]?.people ?? 0} people. Waits in minutes.`,
    formatTable(
      ['figure', ...METHODS],
      [...([...NUMBERS, 'vehicle_hours', 'vehicle_km', 'deadhead_km', 'departures'] as const)].map((figure) => [
        figure,
        ...totals.map((total) => show(total[figure])),
      ]),
    ),
    formatTable(
      ['line: mean', ...METHODS, 'to fixed', 'to hourly'],
      ratiosOf(lines).map(({ line, ratio, hourly_ratio }) => [
        line,
        ...METHODS.map((method) =>
          show(lines.find((one) => one.line === line && !one.group && one.method === method)?.mean_wait_min ?? 0),
        ),
        ...[ratio, hourly_ratio].map((value) => (value === null ? '-' : value.toFixed(2))),
      ]),
    ),
    formatTable(
      ['group: mean, p95, worst', ...METHODS],
      groups.map((group) => [
        group,
        ...ofGroup(group).map((wait) =>
          [wait.mean_wait_min, wait.p95_wait_min, wait.worst_wait_min].map(show).join(' / '),
        ),
      ]),
    ),
    formatTable(['session: minutes to clear', ...METHODS], clearRows(results)),
  ].join('\n\n');
};

const clearRows = (results: readonly MethodDay[]): readonly (readonly string[])[] => {
  const planned = results.filter(({ method }) => method === 'planned');
  return planned.flatMap(({ day, clear }) =>
    clear.map(({ session }, index) => [
      `${day}: ${session}`,
      ...METHODS.map((method) => {
        const own = results.find((one) => one.method === method && one.day === day);
        return (own?.clear[index]?.clear_min ?? 0).toFixed(1);
      }),
    ]),
  );
};

/** What must not be: a plan that the checker refuses. */
export const findDemandFault = ({ findings }: DemandFigures): string | undefined =>
  findings > 0 ? `The checker found ${findings} faults in the plans.` : undefined;
