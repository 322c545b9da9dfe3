import { valueAt } from '../problem.js';
import { near, type Reading, sum, valueOf } from './reading.js';

/** Nothing flows through what is dead, and each feeder carries what hangs on it and on the feeders below. */
export const checkMeters = ({ problem, plan, slots, report }: Reading): void => {
  for (const [at, { connections }] of problem.sites.entries()) {
    for (const [index, { connection, available = 1 }] of connections.entries()) {
      for (const slot of slots) {
        const net = valueOf(plan.sites[at]?.connections[index]?.net_kw, slot);
        report(valueAt(available, slot) > 0 || net === 0, `${connection}, slot ${slot}: it is dead, at ${net} kW.`);
      }
    }
  }
  for (const [at, { feeder }] of problem.feeders.entries()) {
    for (const slot of slots) {
      const [load, carried] = [valueOf(plan.feeders[at]?.load_kw, slot), carriedBy(feeder, problem, plan, slot)];
      report(
        near(load, carried),
        `${feeder}, slot ${slot}: its load is ${load} kW, what hangs on it takes ${carried} kW.`,
      );
    }
  }
};

/** Down the tree: its own connections, then those of the feeders that hang on it. */
export const carriedBy = (feeder: string, problem: Reading['problem'], plan: Reading['plan'], slot: number): number => {
  const own = problem.sites.flatMap(({ connections }, at) =>
    connections.map((one, index) =>
      one.feeder === feeder ? valueOf(plan.sites[at]?.connections[index]?.net_kw, slot) : 0,
    ),
  );
  const below = problem.feeders.filter(({ parent }) => parent === feeder);
  return sum(own) + sum(below.map((one) => carriedBy(one.feeder, problem, plan, slot)));
};
