import { checkSolution } from './check.js';
import { findConflict, nameConflict } from './conflict.js';
import type { ConflictIndices, EachRequest, KeptRequest, SolveReply } from './protocol.js';
import { type AnyModel, type SparseModel, toSparse } from './sparse.js';
import type {
  KeptSolution,
  LinearOutcome,
  LinearSolver,
  ModelChange,
  SolveOptions,
  SolverName,
  TurnOptions,
  Vertex,
} from './solver.js';
import type { SolverLine } from './solver-line.js';

/** Values that break a limit by more than this, relative to max(1, |limit|), are a bug of the solver. */
const TRUST = 1e-5;

/** Longest search for what is in conflict, ms: naming it must not hold up the plan that goes without. */
const CONFLICT_MS = 2_000;

/** A linear solver at the end of a line. */
export class LineSolver implements LinearSolver {
  readonly name: SolverName;
  readonly #line: SolverLine;

  constructor(name: SolverName, line: SolverLine) {
    this.name = name;
    this.#line = line;
  }

  /** Rejects when the solver crashes, or when its values break the model: both are bugs, and the next call gets a fresh start. */
  async solve(model: AnyModel, options: SolveOptions): Promise<LinearOutcome> {
    const startedAt = performance.now();
    const endsAt = startedAt + options.deadlineMs;
    const reply = await this.#submit(model, options, endsAt, options.onProgress);
    const solveMs = performance.now() - startedAt;
    switch (reply.status) {
      case 'unbounded':
        return { status: 'unbounded', solveMs };
      case 'out_of_time':
        return { status: 'timed_out', solveMs, ...(reply.duals ? { duals: reply.duals } : {}) };
      case 'infeasible': {
        const conflict = reply.conflict ?? (await this.#findConflict(model, options, endsAt));
        return { status: 'infeasible', solveMs, conflict: conflict ? nameConflict(toSparse(model), conflict) : [] };
      }
      case 'optimal':
      case 'feasible':
        return { ...this.#trust(model, reply), solveMs };
    }
  }

  solveEach(models: readonly SparseModel[], options: TurnOptions): Promise<readonly (Vertex | undefined)[]> {
    return this.#turn({ models: models.map(({ arrays }) => arrays), costs: undefined }, options);
  }

  solveEachAgain(costs: readonly Float64Array[], options: TurnOptions): Promise<readonly (Vertex | undefined)[]> {
    return this.#turn({ models: undefined, costs }, options);
  }

  async #turn(
    request: Omit<EachRequest, 'timeMs'>,
    { deadlineMs, signal }: TurnOptions,
  ): Promise<readonly (Vertex | undefined)[]> {
    const reply = await this.#line.submit(request, performance.now() + deadlineMs, signal);
    return reply.status === 'each' ? reply.vertices : [];
  }

  keep(model: SparseModel, options: TurnOptions): Promise<KeptSolution | undefined> {
    return this.#solveKept(model.arrays, options);
  }

  solveKept(change: ModelChange, options: TurnOptions): Promise<KeptSolution | undefined> {
    return this.#solveKept(change, options);
  }

  async #solveKept(kept: KeptRequest['kept'], { deadlineMs, signal }: TurnOptions): Promise<KeptSolution | undefined> {
    const reply = await this.#line.submit({ kept }, performance.now() + deadlineMs, signal);
    return reply.status === 'kept' ? reply.solution : undefined;
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  async #submit(
    model: AnyModel,
    options: SolveOptions,
    endsAt: number,
    onProgress?: SolveOptions['onProgress'],
  ): Promise<SolveReply> {
    const {
      relativeGap = 1e-4,
      maxNodes,
      seed = 0,
      method = 'simplex',
      start,
      basis,
      isNear = false,
      signal,
    } = options;
    const request = {
      model: toSparse(model).arrays,
      relativeGap,
      maxNodes,
      seed,
      method,
      start,
      basis,
      isNear,
      news: onProgress !== undefined,
    };
    const reply = await this.#line.submit(request, endsAt, signal, onProgress);
    if (reply.status === 'each' || reply.status === 'kept')
      throw new Error(`${this.name} answered another question than it was asked.`);
    return reply;
  }

  /** Only of models by name: the others are too large to be asked again and again. */
  async #findConflict(model: AnyModel, options: SolveOptions, deadline: number): Promise<ConflictIndices | undefined> {
    if ('arrays' in model) return undefined;
    const endsAt = Math.min(deadline, performance.now() + CONFLICT_MS);
    return findConflict(model, async (part) => {
      const { status } = await this.#submit(part, options, endsAt);
      return status === 'out_of_time' ? undefined : status === 'infeasible';
    });
  }

  #trust(model: AnyModel, reply: Extract<SolveReply, { status: 'optimal' | 'feasible' }>) {
    const { status, objective, bound, values, duals, basis, runMs } = reply;
    const [broken] = checkSolution(model, values, TRUST);
    if (broken) {
      throw new Error(`${this.name} broke ${broken.rule} of ${broken.name} by ${broken.by} in model ${model.name}.`);
    }
    const gap = Math.max(0, objective - bound) / Math.max(1e-9, Math.abs(objective));
    return { status, runMs, objective, bound, gap, values, ...(duals ? { duals } : {}), ...(basis ? { basis } : {}) };
  }
}
