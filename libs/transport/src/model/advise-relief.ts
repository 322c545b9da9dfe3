import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { waitingHours } from './list-unserved.js';
import { type Relief, withRelief } from './relief.js';

/** What a relief is worth. */
export interface ReliefAdvice {
  readonly relief: Relief;
  /** In the problem's currency. */
  readonly cost_saved: number;
  /** Hours that people wait less, all together. Negative where what is saved is driving. */
  readonly waiting_hours_saved: number;
}

/**
 * What each relief is worth: the problem is planned again with it, and once without, by the same effort, so that what more searching would have found anyway
 * does not count for it. Only what saves cost, most first. `planAgain` should begin with the plan in force.
 */
export const adviseRelief = async (
  problem: DispatchProblem,
  reliefs: readonly Relief[],
  planAgain: (changed: DispatchProblem) => Promise<DispatchPlan>,
): Promise<readonly ReliefAdvice[]> => {
  if (reliefs.length === 0) return [];
  const without = await planAgain(problem);
  const advice: ReliefAdvice[] = [];
  for (const relief of reliefs) {
    const changed = withRelief(problem, relief);
    const plan = await planAgain(changed);
    advice.push({
      relief,
      cost_saved: without.cost.total - plan.cost.total,
      waiting_hours_saved: waitingHours(problem, without) - waitingHours(changed, plan),
    });
  }
  return advice.filter(({ cost_saved }) => cost_saved > 0).sort((a, b) => b.cost_saved - a.cost_saved);
};

/** In words: "one more bus at depot-1 is worth 38 waiting-hours". `vehicleWord`: how people call a vehicle of the type. */
export const sayRelief = (
  { relief, waiting_hours_saved: hours }: ReliefAdvice,
  vehicleWord: (type: string) => string,
): string => {
  const worth = `is worth ${hours >= 10 ? Math.round(hours) : Math.round(hours * 10) / 10} waiting-hours`;
  switch (relief.kind) {
    case 'vehicle':
      return `one more ${vehicleWord(relief.type)} at ${relief.place} ${worth}`;
    case 'bay':
      return `one more bay at ${relief.stop} ${worth}`;
    case 'longer_duty':
      return `a longer duty of ${relief.vehicle} ${worth}`;
  }
};
