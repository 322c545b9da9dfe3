import type { SparseModel } from '#libs/lp';
import type { EnergyProblem } from '../problem.js';
import { addLoad, addSupply } from './add-loads.js';
import { addConnection, addFeeders, type Meter } from './add-meters.js';
import { addStore, type StoreColumns } from './add-store.js';
import { addTask } from './add-task.js';
import { addUnit, type UnitColumns } from './add-unit.js';
import { type Columns, EnergyModel, type LimitRow, type ViolationColumn } from './energy-model.js';

/** Where a site's decisions are in the model's values, in the order of its parts. */
export interface SiteColumns {
  readonly meters: readonly Meter[];
  /** By load: what is not served. */
  readonly unserved: readonly Columns[];
  readonly supplies: readonly Columns[];
  readonly stores: readonly StoreColumns[];
  readonly units: readonly UnitColumns[];
  readonly tasks: readonly Columns[];
}

export interface BuiltEnergyModel {
  readonly model: SparseModel;
  /** In the order of the problem's sites. */
  readonly sites: readonly SiteColumns[];
  readonly violations: readonly ViolationColumn[];
  readonly limits: readonly LimitRow[];
  /** The dearest kWh of the problem. */
  readonly dearest: number;
}

/**
 * The linear model of `docs/energy-model.md`. Feasible for every problem that `checkEnergyProblem` passes: limits that cannot hold are broken at a price. `oneWay`: stores, by site and name, that are
 * held to one direction at a time.
 */
export const buildEnergyModel = (problem: EnergyProblem, oneWay: ReadonlySet<string> = new Set()): BuiltEnergyModel => {
  const model = new EnergyModel(problem);
  const meters = new Map<string, Meter>();
  const sites = problem.sites.map((site): SiteColumns => {
    const own = site.connections.map((connection) => addConnection(model, site, connection));
    for (const [at, { connection }] of site.connections.entries()) {
      const meter = own[at];
      if (meter) meters.set(connection, meter);
    }
    return {
      meters: own,
      unserved: site.loads.map((load) => addLoad(model, site, load)),
      supplies: site.supplies.map((supply) => addSupply(model, site, supply)),
      stores: site.stores.map((store) => addStore(model, site.site, store, oneWay.has(`${site.site} ${store.store}`))),
      units: site.units.map((unit) => addUnit(model, site.site, unit)),
      tasks: site.tasks.map((task) => addTask(model, site.site, task)),
    };
  });
  addFeeders(model, meters);
  const { violations, limits, dearest } = model;
  return { model: model.build(), sites, violations, limits, dearest };
};
