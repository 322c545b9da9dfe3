import type { SparseModel } from '#libs/lp';
import type { VehicleClass } from '../problem/classes.js';
import type { Service } from './services.js';

/** One entry a slot: a column of the model, or -1 where there is none. */
export type Columns = Int32Array;

/** The people of a ride who board departures of a pattern. */
export interface BoardColumns extends Service {
  /** Slot of departure of the first entry: negative where vehicles are under way. */
  readonly firstSlot: number;
  readonly columns: Columns;
}

/** Where things stand among the columns and rows of the dispatch model. Classes, patterns, deadheads, places and rides by index. */
export interface DispatchIndex {
  readonly slots: number;
  readonly classes: readonly VehicleClass[];
  /** [class][pattern][slot], and so on. */
  readonly trip: readonly (readonly Columns[])[];
  /** Departures of all classes together, [pattern][slot]: sums, so that rows about departures need not name every class. */
  readonly depart: readonly Columns[];
  readonly dead: readonly (readonly Columns[])[];
  readonly stand: readonly (readonly Columns[])[];
  readonly call: readonly (readonly Columns[])[];
  readonly charge: readonly (readonly Columns[])[];
  readonly plug: readonly (readonly Columns[])[];
  readonly energy: readonly Columns[];
  readonly boards: readonly BoardColumns[];
  readonly queue: readonly Columns[];
  readonly late: readonly Columns[];
  readonly short: readonly Columns[];
  readonly lack: readonly Columns[];
  readonly putIn: readonly Columns[];
  readonly takenOut: readonly Columns[];
  /** Rows: vehicles in = vehicles out, [class][place][slot]. */
  readonly flow: readonly (readonly Columns[])[];
  /** Rows: vehicles that call at a stop, [entry of bays][slot]. */
  readonly bays: readonly Columns[];
}

export interface DispatchModel {
  readonly model: SparseModel;
  readonly index: DispatchIndex;
}

export const noColumns = (slots: number): Columns => new Int32Array(slots).fill(-1);

/** Calls `visit` with each slot that has a column. */
export const eachColumn = (columns: Columns, visit: (column: number, slot: number) => void): void =>
  columns.forEach((column, slot) => {
    if (column >= 0) visit(column, slot);
  });
