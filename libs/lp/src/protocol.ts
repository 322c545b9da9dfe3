import type { ModelArrays } from './arrays.js';
import type { Basis, KeptSolution, ModelChange, Vertex } from './solver.js';

/** What a worker is asked. Times in ms. */
export interface SolveRequest {
  readonly model: ModelArrays;
  readonly timeMs: number;
  readonly relativeGap: number;
  readonly maxNodes: number | undefined;
  readonly seed: number;
  readonly method: 'simplex' | 'interior_point';
  readonly start: Float64Array | undefined;
  readonly basis: Basis | undefined;
  readonly isNear: boolean;
  /** Whether to post `SolveNews` while it works. */
  readonly news: boolean;
}

/** Several linear models in one turn. */
export interface EachRequest {
  /** Absent: those of the request before. */
  readonly models: readonly ModelArrays[] | undefined;
  /** New costs, one array a model. Absent: the models' own. */
  readonly costs: readonly Float64Array[] | undefined;
  readonly timeMs: number;
}

/** One entry a model: undefined where it found no optimum in time. Empty: the worker has no models, or cannot. */
export interface EachReply {
  readonly status: 'each';
  readonly vertices: readonly (Vertex | undefined)[];
}

/** A linear model that the worker keeps. */
export interface KeptRequest {
  readonly kept: ModelArrays | ModelChange;
  readonly timeMs: number;
}

/** Undefined: no optimum in time, or the worker has no model, or cannot. */
export interface KeptReply {
  readonly status: 'kept';
  readonly solution: KeptSolution | undefined;
}

/** What a worker posts before it answers. Numbers may be infinite. */
export interface SolveNews {
  readonly status: 'under_way';
  readonly objective: number;
  readonly bound: number;
}

/** Rows and bounds of an irreducible conflict, by index. */
export interface ConflictIndices {
  readonly rows: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** What a worker answers. `out_of_time`: any limit was reached without a usable solution. */
export type SolveReply =
  | {
      readonly status: 'optimal' | 'feasible';
      readonly objective: number;
      readonly bound: number;
      readonly values: Float64Array;
      readonly duals: Float64Array | undefined;
      readonly basis: Basis | undefined;
      /** What the solver itself took, ms. */
      readonly runMs: number;
    }
  | { readonly status: 'infeasible'; readonly conflict: ConflictIndices | undefined }
  | { readonly status: 'unbounded' }
  | { readonly status: 'out_of_time'; readonly duals?: Float64Array };
