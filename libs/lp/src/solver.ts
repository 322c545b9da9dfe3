import type { AnyModel, SparseModel } from './sparse.js';

export type SolverName = 'highs' | 'javascript-lp-solver';

export interface SolveOptions {
  /** Wall time allowed, ms. The call returns soon after, whatever the solver does. */
  readonly deadlineMs: number;
  /** Relative gap at which an integer model counts as optimal. Default 1e-4. */
  readonly relativeGap?: number;
  /** Branch-and-bound nodes allowed: an effort that makes a run repeatable, where a deadline does not. */
  readonly maxNodes?: number;
  readonly seed?: number;
  /**
   * How HiGHS solves a linear model. Interior point ends between vertices, within tolerances: sooner on large models, with values that are no corner and
   * duals that are nearly, not wholly, feasible (see `dualBound`). Default simplex.
   */
  readonly method?: 'simplex' | 'interior_point';
  /**
   * A vertex of a linear model to begin with: of an earlier solution, or pieced together from parts. HiGHS then works on the model as it is, without presolve
   * and without disturbed costs, so that from a dual feasible vertex its duals stay feasible until it ends, whenever that is.
   */
  readonly basis?: Basis;
  /** The vertex is near the optimum: weights of edges are not worked out for it, which would take longer than the way. */
  readonly isNear?: boolean;
  /** A solution to begin with, one value a variable. HiGHS takes it for integer models, where it is feasible. */
  readonly start?: Float64Array;
  /** Hears of an integer model that HiGHS works on, from time to time. */
  readonly onProgress?: (progress: SolveProgress) => void;
  /** Ends the call at once, as timed out. */
  readonly signal?: AbortSignal;
}

/** Which columns and rows are basic or at which bound, in the codes of HiGHS: 0 at the lower bound, 1 basic, 2 at the upper, 3 free at zero. */
export interface Basis {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

export type TurnOptions = Pick<SolveOptions, 'deadlineMs' | 'signal'>;

/** Infinite where nothing is known yet. */
export interface SolveProgress {
  readonly objective: number;
  readonly bound: number;
}

/** Values of a solved model. `values[i]` belongs to `model.variables[i]`. */
export interface LinearValues {
  readonly objective: number;
  /** Proven lower bound of the objective; equal to the objective when optimal within tolerance. */
  readonly bound: number;
  /** (objective - bound) / max(1e-9, |objective|). */
  readonly gap: number;
  readonly values: Float64Array;
  /** Change of the objective per unit of each constraint's active limit. Linear models on HiGHS only. */
  readonly duals?: Float64Array;
  /** The vertex of `values`. Linear models on HiGHS by simplex only. */
  readonly basis?: Basis;
}

/** What a solver can say. `infeasible` names an irreducible set of constraints and bounds in conflict where the solver can. */
export type LinearOutcome =
  | ({
      readonly status: 'optimal' | 'feasible';
      readonly solveMs: number;
      /** Of it, what the solver itself took: without the way to it and back and the check of its values. */
      readonly runMs: number;
    } & LinearValues)
  | { readonly status: 'infeasible'; readonly solveMs: number; readonly conflict: readonly string[] }
  | { readonly status: 'unbounded'; readonly solveMs: number }
  | {
      readonly status: 'timed_out';
      readonly solveMs: number;
      /** Where HiGHS stood in a linear model: `dualBound` makes a bound of them. */
      readonly duals?: Float64Array;
    };

/** An optimal vertex of a linear model. */
export interface Vertex {
  readonly values: Float64Array;
  readonly duals: Float64Array;
  readonly basis: Basis;
}

/** What becomes of a kept model before it is solved again: either columns put behind those that it has, or other upper bounds. */
export type ModelChange =
  | {
      /** Column `i` has its entries at `starts[i]` to `starts[i + 1]`; lower bounds are 0. */
      readonly columns: {
        readonly cost: Float64Array;
        readonly upper: Float64Array;
        readonly starts: Int32Array;
        readonly rows: Int32Array;
        readonly values: Float64Array;
      };
    }
  | {
      /** Columns by index, ascending. */
      readonly bounds: { readonly columns: Int32Array; readonly upper: Float64Array };
    };

/** An optimum of a kept model. */
export interface KeptSolution {
  readonly objective: number;
  readonly values: Float64Array;
  readonly duals: Float64Array;
}

/** Solves off the event loop, one model at a time; further calls wait their turn within their own deadline. */
export interface LinearSolver {
  readonly name: SolverName;
  solve(model: AnyModel, options: SolveOptions): Promise<LinearOutcome>;
  /**
   * Solves linear models one after the other in a single turn of the worker, without their constants; undefined where one found no optimum in time.
   * HiGHS only, others give an empty list.
   */
  solveEach(models: readonly SparseModel[], options: TurnOptions): Promise<readonly (Vertex | undefined)[]>;
  /** The models of the last `solveEach` at other costs, one array a model, each from its last vertex. Empty where the worker has been replaced since. */
  solveEachAgain(costs: readonly Float64Array[], options: TurnOptions): Promise<readonly (Vertex | undefined)[]>;
  /** Solves a linear model that stays in the worker. Undefined without an optimum in time. HiGHS only. */
  keep(model: SparseModel, options: TurnOptions): Promise<KeptSolution | undefined>;
  /** Changes the model of the last `keep` and solves it from its last vertex. Undefined also where the worker has been replaced since. */
  solveKept(change: ModelChange, options: TurnOptions): Promise<KeptSolution | undefined>;
  /** Ends the worker. Calls under way end as timed out. */
  close(): Promise<void>;
}
