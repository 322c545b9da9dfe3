import type { SparseBuilder } from '#libs/lp';
import type { DispatchProblem, PatternProblem } from '../problem/problem.js';
import { type Columns, type DispatchIndex, eachColumn, noColumns } from './dispatch-index.js';
import { underWayRoom } from './under-way.js';

export type LimitIndex = Pick<DispatchIndex, 'short' | 'lack' | 'putIn' | 'takenOut' | 'bays'>;

/** What people and the timetable ask of departures, what is announced, and bays. */
export const addLimits = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  depart: DispatchIndex['depart'],
): LimitIndex => {
  const limits = problem.patterns.map((pattern, p) =>
    addPattern(builder, problem, pattern, p, depart[p] ?? noColumns(0)),
  );
  return {
    bays: addBays(builder, problem, depart),
    short: limits.map(({ short }) => short),
    lack: limits.map(({ lack }) => lack),
    putIn: limits.map(({ putIn }) => putIn),
    takenOut: limits.map(({ takenOut }) => takenOut),
  };
};

type PatternLimits = { readonly [Key in keyof Omit<LimitIndex, 'bays'>]: Columns };

const addPattern = (
  builder: SparseBuilder,
  { grid: { count }, prices }: DispatchProblem,
  { least, added, previous }: PatternProblem,
  p: number,
  depart: Columns,
): PatternLimits => {
  const addDepartures = (row: number, from: number, until: number, coefficient = 1): void =>
    eachColumn(depart.subarray(from, until), (column) => builder.addEntry(row, column, coefficient));
  const index = {
    short: noColumns(count),
    lack: noColumns(count),
    putIn: noColumns(count),
    takenOut: noColumns(count),
  };
  const missed = { cost: prices.missed_cost };
  const changed = { cost: prices.change_cost };
  for (let slot = 0; slot < count; slot += 1) {
    const name = `${p},${slot}`;
    const due = least?.[slot] ?? 0;
    if (due > 0) {
      index.short[slot] = builder.addColumn(`short[${name}]`, missed);
      const row = builder.addRow(`least[${name}]`, { lower: due });
      builder.addEntry(row, index.short[slot] ?? -1, 1);
      addDepartures(row, 0, slot + 1);
    }
    const asked = added?.[slot] ?? 0;
    if (asked > 0) {
      index.lack[slot] = builder.addColumn(`lack[${name}]`, missed);
      const row = builder.addRow(`added[${name}]`, { lower: asked });
      builder.addEntry(row, index.lack[slot] ?? -1, 1);
      addDepartures(row, slot, slot + 1);
    }
    const announced = previous?.[slot];
    if (announced !== undefined) {
      index.putIn[slot] = builder.addColumn(`in[${name}]`, changed);
      index.takenOut[slot] = builder.addColumn(`out[${name}]`, { ...changed, upper: announced });
      const row = builder.addRow(`announced[${name}]`, { equal: -announced });
      builder.addEntry(row, index.putIn[slot] ?? -1, 1);
      builder.addEntry(row, index.takenOut[slot] ?? -1, -1);
      addDepartures(row, slot, slot + 1, -1);
    }
  }
  return index;
};

/** In a slot no more vehicles call at a stop than its bays leave beside those under way. Rows by entry of bays and slot. */
const addBays = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  depart: DispatchIndex['depart'],
): DispatchIndex['bays'] => {
  const room = underWayRoom(problem);
  return problem.bays.map(({ stop, bays }, b) => {
    const calls = problem.patterns.flatMap(({ stops }, p) =>
      stops.filter((call) => call.stop === stop).map(({ offset_slots }) => ({ p, offset: offset_slots })),
    );
    return noColumns(problem.grid.count).map((_, slot) => {
      let taken = 0;
      for (const { p, offset } of calls) taken += room[p]?.get(slot - offset)?.vehicles ?? 0;
      const row = builder.addRow(`bays[${b},${slot}]`, { upper: Math.max(0, bays - taken) });
      for (const { p, offset } of calls) {
        const column = depart[p]?.[slot - offset] ?? -1;
        if (column >= 0) builder.addEntry(row, column, 1);
      }
      return row;
    });
  });
};
