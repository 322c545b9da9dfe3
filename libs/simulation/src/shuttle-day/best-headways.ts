import { type Change, type HeadwayOptions, HeadwayPlans, type LinePlan } from './headway-plans.js';
import type { TimetableDeparture } from './headway-timetable.js';

/** One departure more may save nothing where two do: a crowd meets another vehicle or does not. */
const STEPS = [1, 2, 3, 5, 8, 13];
/** What is saved less is rounding. */
const SAVES = 1e-6;

/**
 * The fixed headways with the least expected waiting, priced as the planner's, within given vehicle-hours and the fleet's size. Each line has a headway in each period, the same out
 * and back. From one departure in each period on, the departures that save most for their hours are added while there are hours; then departures are exchanged
 * between lines and periods while that saves anything.
 */
export const findBestHeadways = (options: HeadwayOptions): readonly TimetableDeparture[] => {
  const plans = new HeadwayPlans(options);
  fill(plans);
  // Each exchange and each filling lowers the cost, so this ends.
  while (exchange(plans)) fill(plans);
  return plans.departures();
};

type Cell = Omit<Change, 'by'>;

const cellsOf = ({ lines, periods }: HeadwayPlans): readonly Cell[] =>
  lines.flatMap((line) => Array.from({ length: periods }, (_, period) => ({ line, period })));

const fill = (plans: HeadwayPlans): void => {
  for (;;) {
    let best: { readonly plan: LinePlan; readonly saving: number } | undefined;
    for (const cell of cellsOf(plans)) {
      for (const by of STEPS) {
        const hours = by * plans.roundHours(cell.line);
        if (hours > Math.min(plans.hoursLeft, plans.fleetLeft(cell.period))) break;
        const plan = plans.changed({ ...cell, by });
        if (!plan) break;
        const saving = (plans.cost(cell.line) - plan.cost) / hours;
        if (saving > Math.max(SAVES, best?.saving ?? 0)) best = { plan, saving };
      }
    }
    if (!best) return;
    plans.apply(best.plan);
  }
};

/** Goes once over all pairs of cells; whether anything was saved. */
const exchange = (plans: HeadwayPlans): boolean => {
  let saved = false;
  const cells = cellsOf(plans);
  for (const to of cells) {
    for (const from of cells) {
      if (from.line === to.line && from.period === to.period) continue;
      for (const by of STEPS) {
        const found = exchanged(plans, from, { ...to, by });
        if (!found) continue;
        for (const plan of found) plans.apply(plan);
        saved = true;
      }
    }
  }
  return saved;
};

/** The lines' plans when `from` gives up as many departures as `more` needs; undefined unless that is possible and saves something. */
const exchanged = (plans: HeadwayPlans, from: Cell, more: Change): readonly LinePlan[] | undefined => {
  const needed = more.by * plans.roundHours(more.line);
  const samePeriod = from.period === more.period;
  if (!samePeriod && needed > plans.fleetLeft(more.period)) return undefined;
  const missing = needed - Math.min(plans.hoursLeft, samePeriod ? plans.fleetLeft(more.period) : Infinity);
  const by = -Math.max(1, Math.ceil(missing / plans.roundHours(from.line) - 1e-9));
  if (from.line === more.line) {
    const plan = plans.changed({ ...from, by }, more);
    return plan && plan.cost < plans.cost(from.line) - SAVES ? [plan] : undefined;
  }
  const less = plans.changed({ ...from, by });
  const plan = less && plans.changed(more);
  if (!less || !plan) return undefined;
  const before = plans.cost(from.line) + plans.cost(more.line);
  return less.cost + plan.cost < before - SAVES ? [less, plan] : undefined;
};
