import type { Highs, Model } from 'highs';
import type { KeptReply, KeptRequest } from '../protocol.js';
import type { KeptSolution, ModelChange } from '../solver.js';
import { toHighsModel } from './solve.js';

/** From an optimal vertex: more columns leave it feasible, other bounds leave its duals so. */
const DUAL = 1;
const PRIMAL = 4;

/** Keeps the model of the last request with the vertex that it stands at. */
export class KeptSolver {
  readonly #highs: Highs;
  #model: Model | undefined;
  #rows = 0;

  constructor(highs: Highs) {
    this.#highs = highs;
  }

  solve({ kept, timeMs }: KeptRequest): KeptReply {
    if ('rowLower' in kept) {
      this.#model?.dispose();
      this.#model = this.#highs.createModel(toHighsModel(kept));
      this.#model.options.set({ output_flag: false });
      this.#rows = kept.rowLower.length;
    } else if (this.#model) {
      change(this.#model, kept, this.#rows);
    }
    return { status: 'kept', solution: this.#model && this.#run(this.#model, timeMs) };
  }

  #run(model: Model, timeMs: number): KeptSolution | undefined {
    model.zeroAllClocks();
    model.options.set('time_limit', timeMs / 1000);
    model.run();
    if (model.getModelStatus() !== this.#highs.constants.modelStatus.optimal) return undefined;
    const { colValue, rowDual } = model.getSolution();
    return { objective: model.getObjectiveValue(), values: colValue, duals: rowDual };
  }
}

const change = (model: Model, by: ModelChange, numRows: number): void => {
  if ('bounds' in by) {
    const { columns, upper } = by.bounds;
    model.options.set({ presolve: 'off', simplex_strategy: DUAL });
    model.changeColsBounds({ kind: 'set', indices: columns }, new Float64Array(columns.length), upper);
    return;
  }
  const { cost, upper, starts, rows, values } = by.columns;
  model.options.set({ presolve: 'off', simplex_strategy: PRIMAL });
  model.addCols({
    cost,
    lower: new Float64Array(cost.length),
    upper,
    matrix: { format: 'csc', numRows, numCols: cost.length, starts, indices: rows, values },
  });
};
