import type { Highs, HighsCallbackMap, IisResult, Model } from 'highs';
import type { ModelArrays } from '../arrays.js';
import type { Basis } from '../solver.js';
import type { ConflictIndices, SolveNews, SolveReply, SolveRequest } from '../protocol.js';

/** The weights of steepest edge at a given vertex cost a system of equations a row, more than all steps of a small change together; those of Devex begin at 1. */
const DEVEX = 1;

/** Solves one request on a fresh HiGHS model, so that no basis or option of an earlier call changes the answer. */
export const solveWithHighs = (highs: Highs, request: SolveRequest, post: (news: SolveNews) => void): SolveReply =>
  highs.withModel(toHighsModel(request.model), (model): SolveReply => {
    const endsAt = performance.now() + request.timeMs;
    model.options.set({
      // Without output HiGHS tells nothing of an integer model under way either.
      output_flag: request.news,
      log_to_console: false,
      time_limit: Math.max(0.001, request.timeMs / 1000),
      mip_rel_gap: request.relativeGap,
      random_seed: request.seed,
      ...(request.maxNodes === undefined ? {} : { mip_max_nodes: request.maxNodes }),
      ...(request.method === 'interior_point' ? { solver: 'ipm', run_crossover: 'off' } : {}),
    });
    if (request.basis) {
      model.options.set({
        presolve: 'off',
        dual_simplex_cost_perturbation_multiplier: 0,
        ...(request.isNear ? { simplex_dual_edge_weight_strategy: DEVEX } : {}),
      });
      model.setBasis({ colStatus: request.basis.columns, rowStatus: request.basis.rows });
    }
    if (request.start) model.setSolution({ colValue: request.start });
    const startedAt = performance.now();
    model.run(request.news ? reporting(highs, post) : {});
    const runMs = performance.now() - startedAt;
    const status = highs.constants.modelStatus;
    const first = model.getModelStatus();
    if (first === status.infeasible || first === status.unboundedOrInfeasible) {
      // Presolve of 1.15 calls some unbounded models infeasible; the word of the solver itself counts.
      setTimeLeft(model, endsAt);
      model.options.set('presolve', 'off');
      model.clearSolver();
      model.run();
      if (first === status.infeasible && model.getModelStatus() === status.timeLimit) {
        return { status: 'infeasible', conflict: undefined };
      }
    }
    switch (model.getModelStatus()) {
      case status.empty:
        return solveEmpty(request.model);
      case status.optimal:
        return readSolution(model, request.model, 'optimal', runMs);
      case status.infeasible:
        return { status: 'infeasible', conflict: findIis(highs, model, endsAt) };
      case status.unbounded:
        return { status: 'unbounded' };
      case status.timeLimit:
      case status.iterationLimit:
      case status.solutionLimit:
      case status.interrupted:
        return request.model.integer.includes(1) &&
          model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible
          ? readSolution(model, request.model, 'feasible', runMs)
          : outOfTime(model, request.model);
      case status.unknown:
        // An interior point within less than its tolerances of the optimum.
        return outOfTime(model, request.model);
      default:
        throw new Error(`HiGHS ended with model status ${model.getModelStatus()}.`);
    }
  });

export const toHighsModel = (model: ModelArrays) => ({
  numCols: model.cost.length,
  numRows: model.rowLower.length,
  offset: model.constant,
  colCost: model.cost,
  colLower: model.lower,
  colUpper: model.upper,
  rowLower: model.rowLower,
  rowUpper: model.rowUpper,
  matrix: {
    format: 'csr' as const,
    numRows: model.rowLower.length,
    numCols: model.cost.length,
    starts: model.starts,
    indices: model.indices,
    values: model.values,
  },
  ...(model.integer.includes(1) ? { integrality: model.integer } : {}),
});

/** Posts what is known of an integer model whenever HiGHS would print it. */
const reporting = (highs: Highs, post: (news: SolveNews) => void): HighsCallbackMap => ({
  [highs.constants.callbackType.mipLogging]: ({ data }): undefined => {
    post({
      status: 'under_way',
      objective: data.mip_primal_bound ?? Infinity,
      bound: data.mip_dual_bound ?? -Infinity,
    });
  },
});

/** The duals of a linear model that is not solved to the end are worth a bound. */
const outOfTime = (model: Model, arrays: ModelArrays): SolveReply => {
  if (arrays.integer.includes(1)) return { status: 'out_of_time' };
  const { rowDual } = model.getSolution();
  return rowDual.length === arrays.rowLower.length
    ? { status: 'out_of_time', duals: rowDual }
    : { status: 'out_of_time' };
};

const readSolution = (model: Model, arrays: ModelArrays, status: 'optimal' | 'feasible', runMs: number): SolveReply => {
  const integer = arrays.integer.includes(1);
  const solution = model.getSolution();
  const objective = model.getObjectiveValue();
  return {
    status,
    objective,
    bound: integer ? Number(model.info.get('mip_dual_bound')) : objective,
    values: solution.colValue,
    duals: integer ? undefined : solution.rowDual,
    basis: integer ? undefined : readBasis(model),
    runMs,
  };
};

const readBasis = (model: Model): Basis | undefined => {
  if (model.info.get('basis_validity') !== 1) return undefined;
  const { colStatus, rowStatus } = model.getBasis();
  return { columns: colStatus, rows: rowStatus };
};

/** Without columns, HiGHS solves nothing and checks nothing. */
const solveEmpty = ({ constant, rowLower, rowUpper }: ModelArrays): SolveReply => {
  const broken = rowLower.findIndex((lower, row) => lower > 0 || (rowUpper[row] ?? 0) < 0);
  return broken >= 0
    ? { status: 'infeasible', conflict: { rows: [broken], lower: [], upper: [] } }
    : {
        status: 'optimal',
        objective: constant,
        bound: constant,
        values: new Float64Array(0),
        duals: new Float64Array(rowLower.length),
        basis: undefined,
        runMs: 0,
      };
};

/** The clock of HiGHS counts all runs of a model together. */
const setTimeLeft = (model: Model, endsAt: number): void => {
  model.zeroAllClocks();
  model.options.set('time_limit', Math.max(0.001, (endsAt - performance.now()) / 1000));
};

/** HiGHS finds irreducible sets for the linear relaxation only. */
const findIis = (highs: Highs, model: Model, endsAt: number): ConflictIndices | undefined => {
  setTimeLeft(model, endsAt);
  model.options.set('iis_strategy', highs.constants.iis.strategyRowPriority);
  const iis = model.getIis();
  const all = [...iis.rowStatus, ...iis.colStatus];
  if (iis.rowIndex.length + iis.colIndex.length === 0 || all.includes(highs.constants.iis.maybeInConflict)) {
    return undefined;
  }
  return readIis(highs, iis);
};

const readIis = (highs: Highs, iis: IisResult): ConflictIndices => {
  const { boundLower, boundUpper, boundBoxed } = highs.constants.iis;
  const columnsWith = (bound: number): number[] =>
    [...iis.colIndex].filter((_, at) => iis.colBound[at] === bound || iis.colBound[at] === boundBoxed);
  return { rows: [...iis.rowIndex], lower: columnsWith(boundLower), upper: columnsWith(boundUpper) };
};
