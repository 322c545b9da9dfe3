import type { ConstraintLimits, VariableOptions } from './builder.js';
import { GrowingFloats } from './growing.js';
import { Names } from './names.js';
import type { SparseModel } from './sparse.js';

/**
 * Builds a SparseModel: columns and rows in any order, then what stands where they meet. Unlike `ModelBuilder` it does not look for repeated names. Numbers
 * that are not finite where they must be, or crossed bounds, throw an Error with name and value.
 */
export class SparseBuilder {
  readonly #name: string;
  readonly columnNames = new Names();
  readonly rowNames = new Names();
  readonly #cost = new GrowingFloats();
  readonly #lower = new GrowingFloats();
  readonly #upper = new GrowingFloats();
  readonly #integer = new GrowingFloats();
  readonly #rowLower = new GrowingFloats();
  readonly #rowUpper = new GrowingFloats();
  readonly #entryRows = new GrowingFloats();
  readonly #entryColumns = new GrowingFloats();
  readonly #entryValues = new GrowingFloats();
  #constant = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Returns the column's index. A `place` is the last word of its name. */
  addColumn(
    name: string,
    { lower = 0, upper = Infinity, cost = 0, integer = false }: VariableOptions = {},
    place?: number,
  ): number {
    const column = this.columnNames.add(name, place);
    if (!Number.isFinite(cost))
      throw new Error(`The cost of column ${this.columnNames.at(column)} must be finite, not ${cost}.`);
    requireBounds('column', this.columnNames, column, lower, upper);
    this.#cost.push(cost);
    this.#lower.push(lower);
    this.#upper.push(upper);
    this.#integer.push(Number(integer));
    return column;
  }

  /** Returns the row's index. Sides left out are open. A `place` is the last word of its name. */
  addRow(name: string, limits: ConstraintLimits, place?: number): number {
    const { lower, upper } = sidesOf(limits);
    const row = this.rowNames.add(name, place);
    requireBounds('row', this.rowNames, row, lower, upper);
    this.#rowLower.push(lower);
    this.#rowUpper.push(upper);
    return row;
  }

  /** Replaces the limits of a row. */
  setRow(row: number, limits: ConstraintLimits): void {
    const { lower, upper } = sidesOf(limits);
    requireBounds('row', this.rowNames, row, lower, upper);
    this.#rowLower.set(row, lower);
    this.#rowUpper.set(row, upper);
  }

  /** Adds to the coefficient of a column in a row. */
  addEntry(row: number, column: number, coefficient: number): void {
    if (!Number.isFinite(coefficient)) {
      throw new Error(
        `The coefficient of ${this.columnNames.at(column)} in row ${this.rowNames.at(row)} must be finite, not ${coefficient}.`,
      );
    }
    if (!this.rowNames.has(row) || !this.columnNames.has(column)) {
      throw new Error(`Model ${this.#name} has no place for an entry in row ${row} and column ${column}.`);
    }
    this.#entryRows.push(row);
    this.#entryColumns.push(column);
    this.#entryValues.push(coefficient);
  }

  /** Adds to the objective, whatever the columns are. */
  addConstant(value: number): void {
    if (!Number.isFinite(value)) throw new Error(`The constant of model ${this.#name} must be finite, not ${value}.`);
    this.#constant += value;
  }

  build(): SparseModel {
    const [columnNames, rowNames] = [this.columnNames, this.rowNames];
    return {
      name: this.#name,
      get columnNames() {
        return columnNames.list();
      },
      get rowNames() {
        return rowNames.list();
      },
      arrays: {
        cost: this.#cost.toArray(),
        lower: this.#lower.toArray(),
        upper: this.#upper.toArray(),
        integer: Int32Array.from(this.#integer.view()),
        rowLower: this.#rowLower.toArray(),
        rowUpper: this.#rowUpper.toArray(),
        ...this.#compress(),
        constant: this.#constant,
      },
    };
  }

  /** Entries sorted by row, those of one row and column merged, zeros dropped. */
  #compress(): { starts: Int32Array; indices: Int32Array; values: Float64Array } {
    const rows = this.#entryRows.view();
    const columns = this.#entryColumns.view();
    const coefficients = this.#entryValues.view();
    const height = this.rowNames.count;
    const place = new Int32Array(height + 1);
    for (const row of rows) place[row + 1] = (place[row + 1] ?? 0) + 1;
    for (let row = 0; row < height; row += 1) place[row + 1] = (place[row + 1] ?? 0) + (place[row] ?? 0);
    const next = place.slice();
    const order = new Int32Array(rows.length);
    for (let entry = 0; entry < rows.length; entry += 1) {
      const row = rows[entry] ?? 0;
      const at = next[row] ?? 0;
      order[at] = entry;
      next[row] = at + 1;
    }
    const starts = new Int32Array(height + 1);
    const indices = new Int32Array(rows.length);
    const values = new Float64Array(rows.length);
    /** Where a column stands in the current row; before `starts[row]`: not yet. */
    const seen = new Int32Array(this.columnNames.count).fill(-1);
    let size = 0;
    for (let row = 0; row < height; row += 1) {
      const start = size;
      for (let at = place[row] ?? 0; at < (place[row + 1] ?? 0); at += 1) {
        const entry = order[at] ?? 0;
        const column = columns[entry] ?? 0;
        const known = seen[column] ?? -1;
        if (known >= start) {
          values[known] = (values[known] ?? 0) + (coefficients[entry] ?? 0);
          continue;
        }
        seen[column] = size;
        indices[size] = column;
        values[size] = coefficients[entry] ?? 0;
        size += 1;
      }
      let kept = start;
      for (let at = start; at < size; at += 1) {
        if (values[at] === 0) continue;
        indices[kept] = indices[at] ?? 0;
        values[kept] = values[at] ?? 0;
        kept += 1;
      }
      size = kept;
      starts[row + 1] = size;
    }
    return { starts, indices: indices.slice(0, size), values: values.slice(0, size) };
  }
}

const sidesOf = (limits: ConstraintLimits): { readonly lower: number; readonly upper: number } =>
  'equal' in limits
    ? { lower: limits.equal, upper: limits.equal }
    : { lower: limits.lower ?? -Infinity, upper: limits.upper ?? Infinity };

const requireBounds = (kind: string, names: Names, at: number, lower: number, upper: number): void => {
  if (!(lower <= upper) || lower === Infinity || upper === -Infinity) {
    throw new Error(`The bounds of ${kind} ${names.at(at)} must hold a number, not ${lower} to ${upper}.`);
  }
};
