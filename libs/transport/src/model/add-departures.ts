import type { SparseBuilder } from '#libs/lp';
import type { DispatchProblem } from '../problem/problem.js';
import { type Columns, type DispatchIndex, noColumns } from './dispatch-index.js';

/** The departures of each pattern and slot as columns of their own, where any class can make one. */
export const addDepartures = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  trip: DispatchIndex['trip'],
): readonly Columns[] =>
  problem.patterns.map(({ most }, p) =>
    noColumns(problem.grid.count).map((_, slot) => {
      const trips = trip.map((patterns) => patterns[p]?.[slot] ?? -1).filter((column) => column >= 0);
      if (trips.length === 0) return -1;
      const column = builder.addColumn(`depart[${p},${slot}]`, { upper: most?.[slot] ?? Infinity });
      const row = builder.addRow(`departures[${p},${slot}]`, { equal: 0 });
      builder.addEntry(row, column, -1);
      for (const made of trips) builder.addEntry(row, made, 1);
      return column;
    }),
  );
