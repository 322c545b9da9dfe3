import type { Block } from '../problem/plan.js';
import type { CompiledProblem } from './compile.js';
import type { ClassCounts } from './cycle-to.js';
import { add } from './schedule.js';

/** What the vehicles of each class do in blocks, counted: in the order of the classes. What the problem does not know is left out; what is charged is not counted. */
export const countsOfBlocks = (
  { problem, network }: CompiledProblem,
  blocks: readonly Block[],
): readonly ClassCounts[] => {
  const { slots, places, patterns, deadheads } = network;
  const activitiesOf = new Map(blocks.map(({ vehicle, activities }) => [vehicle, activities]));
  const patternIndex = new Map(problem.patterns.map(({ pattern }, index) => [pattern, index]));
  const deadheadIndex = new Map(
    problem.deadheads.map(({ from_place, to_place }, index) => [`${from_place}\n${to_place}`, index]),
  );
  const placeIndex = new Map(problem.places.map(({ id }, index) => [id, index]));
  return network.classes.map(({ vehicles, callOutCost }): ClassCounts => {
    const counts = {
      trips: new Int32Array(patterns.length * slots),
      deadheads: new Int32Array(deadheads.length * slots),
      calls: new Int32Array(callOutCost > 0 ? places * slots : 0),
    };
    for (const { id, place } of vehicles) {
      const moves = (activitiesOf.get(id) ?? []).filter(({ kind }) => kind !== 'charge');
      for (const activity of moves) {
        if (activity.kind === 'trip')
          add(counts.trips, (patternIndex.get(activity.pattern) ?? -1) * slots + activity.slot, 1);
        if (activity.kind !== 'deadhead') continue;
        const ride = deadheadIndex.get(`${activity.from_place}\n${activity.to_place}`) ?? -1;
        add(counts.deadheads, ride * slots + activity.slot, 1);
      }
      const [first] = moves;
      if (first && callOutCost > 0) add(counts.calls, first.slot * places + (placeIndex.get(place) ?? -1), 1);
    }
    return counts;
  });
};
