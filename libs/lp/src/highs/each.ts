import type { Highs, Model } from 'highs';
import type { ModelArrays } from '../arrays.js';
import type { EachReply, EachRequest } from '../protocol.js';
import type { Vertex } from '../solver.js';
import { toHighsModel } from './solve.js';

/** The primal simplex method: from an optimal vertex, other costs leave it feasible. */
const PRIMAL = 4;

/** Keeps the models of the last request, each with the vertex that it stands at. */
export class EachSolver {
  readonly #highs: Highs;
  #models: Model[] = [];

  constructor(highs: Highs) {
    this.#highs = highs;
  }

  solve({ models, costs, timeMs }: EachRequest): EachReply {
    const endsAt = performance.now() + timeMs;
    if (models) {
      for (const model of this.#models) model.dispose();
      this.#models = models.map((arrays) => this.#open(arrays));
    }
    const vertices = this.#models.map((model, at) => {
      const cost = costs?.[at];
      if (cost) {
        model.options.set('simplex_strategy', PRIMAL);
        model.changeColsCost({ kind: 'range', from: 0, to: cost.length - 1 }, cost);
      }
      const left = endsAt - performance.now();
      return left > 0 ? this.#run(model, left) : undefined;
    });
    return { status: 'each', vertices };
  }

  /** As it is, without presolve, from every column at its lower bound. */
  #open(arrays: ModelArrays): Model {
    const model = this.#highs.createModel(toHighsModel({ ...arrays, integer: new Int32Array(0) }));
    model.options.set({ output_flag: false, presolve: 'off', dual_simplex_cost_perturbation_multiplier: 0 });
    model.setBasis({
      colStatus: new Int32Array(arrays.cost.length),
      rowStatus: new Int32Array(arrays.rowLower.length).fill(1),
    });
    return model;
  }

  #run(model: Model, timeMs: number): Vertex | undefined {
    model.zeroAllClocks();
    model.options.set('time_limit', timeMs / 1000);
    model.run();
    if (model.getModelStatus() !== this.#highs.constants.modelStatus.optimal) return undefined;
    const { colValue, rowDual } = model.getSolution();
    const { colStatus, rowStatus } = model.getBasis();
    return { values: colValue, duals: rowDual, basis: { columns: colStatus, rows: rowStatus } };
  }
}
