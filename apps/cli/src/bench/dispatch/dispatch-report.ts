import { formatTable } from '../../output.js';
import type { DispatchFigures } from './dispatch-bench.js';

/** As many as somebody reads at once. */
const FINDINGS_SHOWN = 20;
const POINTS_SHOWN = 16;

const round = (value: number, digits = 0): number => Number(value.toFixed(digits));
const money = (value: number | null): number | null => (value === null ? null : round(value, 3));

/** The figures under the names that others read. */
export const dispatchDocument = (figures: DispatchFigures) => {
  const { flags, problem, plan, summary, findings, size, monolithic, referenceCost } = figures;
  return {
    cost: money(plan.cost.total),
    lower_bound: money(summary.bound),
    gap_ratio: summary.gap_ratio === null ? null : round(summary.gap_ratio, 6),
    feasible: findings.length === 0,
    first_plan_ms: round(summary.first_plan_ms),
    time_ms: round(figures.ms),
    rss_mb: round(figures.rssMb, 1),
    monolithic_cost: money(monolithic?.cost ?? null),
    monolithic_bound: money(monolithic?.bound ?? null),
    monolithic_status: monolithic?.status ?? null,
    monolithic_ms: monolithic ? round(monolithic.ms) : null,
    ratio_to_monolithic: typeof monolithic?.cost === 'number' ? round(plan.cost.total / monolithic.cost, 6) : null,
    reference_cost: money(referenceCost),
    ratio_to_reference: referenceCost === null ? null : round(plan.cost.total / referenceCost, 6),
    status: summary.status,
    found_by: summary.found_by,
    deadline_ms: round(flags.deadline),
    seed: flags.seed,
    instance: flags.instance ?? null,
    fleet: flags.instance === undefined ? flags.fleet : null,
    disturb: flags.disturb ?? null,
    lines: new Set(problem.patterns.map(({ line }) => line)).size,
    patterns: problem.patterns.length,
    slots: problem.grid.count,
    rides: problem.rides.length,
    vehicles: problem.vehicles.length,
    departures: plan.departures.length,
    columns: size?.columns ?? null,
    integer_columns: size?.integers ?? null,
    rows: size?.rows ?? null,
    cost_terms: Object.fromEntries(Object.entries(plan.cost).map(([term, value]) => [term, money(Number(value))])),
    findings: findings.slice(0, FINDINGS_SHOWN),
    findings_count: findings.length,
    curve: summary.curve.map(({ ms, cost, found_by }) => ({ ms: round(ms), cost: money(cost), found_by })),
    monolithic_curve: (monolithic?.curve ?? []).map(({ ms, cost }) => ({ ms: round(ms), cost: money(cost) })),
  };
};

/** For people: the figures, what the cost is made of, and how it fell over time. */
export const dispatchTable = (figures: DispatchFigures): string => {
  const { problem, summary, monolithic } = figures;
  const document = dispatchDocument(figures);
  const rows = Object.entries(document).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? [] : [[name, value === null ? '-' : String(value)]],
  );
  const terms = Object.entries(document.cost_terms).map(([term, value]) => [term, String(value)]);
  return [
    formatTable(['figure', 'value'], rows),
    formatTable(['cost', problem.currency], terms),
    curveTable('found by', summary.curve, summary.bound, ({ found_by }) => found_by),
    ...(monolithic ? [curveTable('', monolithic.curve, monolithic.bound, () => 'integer model')] : []),
  ].join('\n\n');
};

/** The cost over time, and how far it is above the bound. */
const curveTable = <P extends { readonly ms: number; readonly cost: number }>(
  title: string,
  curve: readonly P[],
  bound: number | null,
  by: (point: P) => string,
): string =>
  formatTable(
    ['ms', 'cost', 'above the bound', title],
    spread(curve).map((point) => [
      String(round(point.ms)),
      point.cost.toFixed(0),
      bound === null || bound <= 0 ? '' : `${((100 * (point.cost - bound)) / bound).toFixed(2)} %`,
      by(point),
    ]),
  );

/** The first and the last of them, and evenly some between. */
const spread = <T>(points: readonly T[]): readonly T[] => {
  const step = Math.max(1, Math.ceil((points.length - 1) / (POINTS_SHOWN - 1)));
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
};

/** What did not come out right, in a line. */
export const findDispatchFault = ({ findings: [first, ...others] }: DispatchFigures): string | undefined =>
  first && `The plan is not feasible, ${others.length + 1} findings: ${first.path} is ${first.value}. ${first.message}`;
