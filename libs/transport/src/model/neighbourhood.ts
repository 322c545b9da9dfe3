import { type RestrictedModel, restrictModel } from '#libs/lp';
import type { DispatchProblem } from '../problem/problem.js';
import { type Columns, type DispatchModel, eachColumn } from './dispatch-index.js';

/** What may change; everything else of a solution stays as it is. */
export interface Neighbourhood {
  /** Lines whose departures may change. */
  readonly lines: ReadonlySet<string>;
  /** Slots of departure that may change: [from, until). */
  readonly from: number;
  readonly until: number;
}

/**
 * The model with only a neighbourhood free: trips of its lines within its slots, with all that they do to people, and vehicles that stand at, or go empty
 * between, the places of its lines. `values` is a solution of the whole model and, on `columns`, one of the restricted model. Watched vehicles stay as they are.
 */
export const buildSubmodel = (
  problem: DispatchProblem,
  { model, index }: DispatchModel,
  values: Float64Array,
  { lines, from, until }: Neighbourhood,
): RestrictedModel => {
  const free = new Uint8Array(model.columnNames.length);
  const open = (columns: Columns | undefined, first = from, last = until): void =>
    eachColumn(columns ?? new Int32Array(), (column, slot) => {
      if (slot >= first && slot < last) free[column] = 1;
    });
  const patterns = problem.patterns.flatMap(({ line }, p) => (lines.has(line) ? [p] : []));
  const places = new Set(
    patterns.flatMap((p) => {
      const { from_place = '', to_place = '' } = problem.patterns[p] ?? {};
      return [from_place, to_place];
    }),
  );
  for (const p of patterns) {
    open(index.depart[p]);
    for (const columns of [index.short[p], index.lack[p], index.putIn[p], index.takenOut[p]])
      open(columns, 0, Infinity);
  }
  for (const board of index.boards) if (patterns.includes(board.pattern)) open(board.columns, 0, Infinity);
  problem.rides.forEach(({ line }, r) => {
    if (!lines.has(line)) return;
    open(index.queue[r], 0, Infinity);
    open(index.late[r], 0, Infinity);
  });
  index.classes.forEach(({ watched }, k) => {
    if (watched) return;
    for (const p of patterns) open(index.trip[k]?.[p]);
    problem.places.forEach(({ id }, n) => {
      if (!places.has(id)) return;
      open(index.stand[k]?.[n], 0, Infinity);
      open(index.call[k]?.[n]);
    });
    problem.deadheads.forEach(({ from_place, to_place }, d) => {
      if (places.has(from_place) && places.has(to_place)) open(index.dead[k]?.[d]);
    });
  });
  return restrictModel(model, values, (column) => free[column] === 1);
};
