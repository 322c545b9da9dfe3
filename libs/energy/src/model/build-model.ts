import type { Basis, SparseModel } from '#libs/lp';
import type { EnergyProblem, Store } from '../problem.js';
import type { LoadCaps } from '../transformer/overload.js';
import { addLoad, addSupply } from './add-loads.js';
import { addConnection, addFeeders, type Meter } from './add-meters.js';
import { addReserve } from './add-reserve.js';
import { addStore } from './add-store.js';
import { addInterlocks, addSwitch } from './add-switch.js';
import { addTask } from './add-task.js';
import { addUnits } from './add-unit.js';
import { EnergyModel, type LimitRow, type ModelNames, type ViolationColumn } from './energy-model.js';
import type { SiteColumns } from './site-columns.js';

export interface BuiltEnergyModel {
  readonly model: SparseModel;
  readonly names: ModelNames;
  /** Where a linear solver begins. */
  readonly start: Basis;
  /** In the order of the problem's sites. */
  readonly sites: readonly SiteColumns[];
  readonly violations: readonly ViolationColumn[];
  readonly limits: readonly LimitRow[];
  /** Rows that link sites with each other: what feeders carry, now or after a loss. */
  readonly couplings: readonly number[];
  /** The dearest kWh of the problem. */
  readonly dearest: number;
}

export const storeKey = (site: string, store: string): string => `${site} ${store}`;
const NO_SLOTS: ReadonlySet<number> = new Set();

/** Worth of a kWh held for an hour where the early is taken, in tie-breakers: over a day still less than one. */
const EARLY = 0.02;

const withTie = ({ holding_cost_per_kwh_hour = 0, ...store }: Store, worth: number): Store => ({
  ...store,
  holding_cost_per_kwh_hour: holding_cost_per_kwh_hour - worth,
});

/** kW by slot, positive while charging, by `storeKey`. */
export type StorePower = ReadonlyMap<string, readonly number[]>;

/** What only a solution shows that the model must say too. */
export interface Refinements {
  /** What transformers may carry. */
  readonly caps?: LoadCaps;
  /** By `storeKey`: slots in which a store is held to one direction. */
  readonly oneWay?: ReadonlyMap<string, ReadonlySet<number>>;
  /** Of plans of equal cost, that in which stores are full early: so that it does not depend on where a solver begins. Default: any. */
  readonly holdsEarly?: boolean;
  /** Of plans of equal cost, that in which stores do what they do here, as far as it goes. */
  readonly before?: StorePower;
}

/** The linear model of `docs/energy-model.md`. Feasible for every problem that `checkEnergyProblem` passes: limits that cannot hold are broken at a price. */
export const buildEnergyModel = (
  problem: EnergyProblem,
  { caps = new Map(), oneWay = new Map(), holdsEarly = false, before = new Map() }: Refinements = {},
): BuiltEnergyModel => {
  const model = new EnergyModel(problem);
  const meters = new Map<string, Meter>();
  const sites = problem.sites.map((site): SiteColumns => {
    const own = site.connections.map((connection) => addConnection(model, site, connection));
    for (const [at, { connection }] of site.connections.entries()) {
      const meter = own[at];
      if (meter) meters.set(connection, meter);
    }
    const switches = (site.switches ?? []).map((one) => addSwitch(model, site, one, own));
    addInterlocks(model, site, switches);
    return {
      meters: own,
      unserved: site.loads.map((load) => addLoad(model, site, load)),
      supplies: site.supplies.map((supply) => addSupply(model, site, supply)),
      stores: site.stores.map((store) =>
        addStore(
          model,
          site.site,
          withTie(store, holdsEarly ? EARLY * model.tie : 0),
          oneWay.get(storeKey(site.site, store.store)) ?? NO_SLOTS,
          before.get(storeKey(site.site, store.store)),
        ),
      ),
      units: addUnits(model, site),
      tasks: site.tasks.map((task) => addTask(model, site.site, task)),
      switches,
    };
  });
  addFeeders(model, meters, caps);
  addReserve(model, sites);
  const { names, violations, limits, couplings, dearest } = model;
  const built = model.build();
  return { model: built, names, start: model.start(built), sites, violations, limits, couplings, dearest };
};
