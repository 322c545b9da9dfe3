import type { DispatchProblem } from '../problem/problem.js';
import { type Columns, type DispatchModel, eachColumn } from './dispatch-index.js';

/** For each column an upper limit that an optimal solution keeps without being told: nobody waits who never came, and no vehicle is in two places. */
export const ceilingsOf = (problem: DispatchProblem, { model, index }: DispatchModel): Float64Array => {
  const ceilings = model.arrays.upper.slice();
  const limit = (columns: Columns | undefined, most: number): void =>
    eachColumn(columns ?? new Int32Array(), (column) => {
      ceilings[column] = Math.min(ceilings[column] ?? Infinity, most);
    });
  const people = peopleOf(problem);
  for (const { ride, columns } of index.boards) limit(columns, people[ride] ?? 0);
  problem.rides.forEach((_, r) => {
    limit(index.queue[r], people[r] ?? 0);
    limit(index.late[r], people[r] ?? 0);
  });
  index.classes.forEach(({ vehicles }, k) => {
    for (const columns of index.stand[k] ?? []) limit(columns, vehicles.length);
  });
  problem.patterns.forEach(({ least, added }, p) => {
    limit(index.depart[p], problem.vehicles.length);
    limit(index.putIn[p], problem.vehicles.length);
    limit(index.short[p], Math.max(0, ...(least ?? [])));
    limit(index.lack[p], Math.max(0, ...(added ?? [])));
  });
  return ceilings;
};

/** Who can be in a ride's queue at all. Where people of other rides go on with it: all of the line, once a slot. */
const peopleOf = ({ rides, grid }: DispatchProblem): readonly number[] => {
  const own = rides.map(({ waiting, arrivals }) => arrivals.reduce((sum, came) => sum + came, waiting));
  const ofLine = new Map<string, number>();
  rides.forEach(({ line }, r) => ofLine.set(line, (ofLine.get(line) ?? 0) + (own[r] ?? 0)));
  const joined = new Set(rides.flatMap(({ then }) => (then === undefined ? [] : [then])));
  return rides.map(({ line }, r) => (joined.has(r) ? (ofLine.get(line) ?? 0) * grid.count : (own[r] ?? 0)));
};
