import { isAlive } from '../model/add-meters.js';
import { type Connection, type EnergyProblem, POWER, type SiteProblem, valueAt } from '../problem.js';
import { feedersAbove } from '../transformer/feeder-rating.js';

/** For so long a loss must be survived: by then people have switched, or machines have started. */
export const RESERVE_HOURS = 0.25;

/** One feeder, connection or unit, and all that goes with it. */
export interface Loss {
  readonly lost: string;
  readonly connections: ReadonlySet<string>;
  /** Site and unit. */
  readonly unit?: readonly [site: string, unit: string];
}

/** All that secured sites must survive, one at a time. What the loss of takes the same connections is one: the first named, feeders before connections. */
export const listLosses = (problem: EnergyProblem): readonly Loss[] => {
  const connections = problem.sites.flatMap((site) => site.connections);
  const secured = problem.sites.filter(({ secured_slots = [] }) => secured_slots.length > 0);
  if (secured.length === 0) return [];
  const losses = new Map<string, Loss>();
  const add = (lost: string, taken: readonly Connection[]): void => {
    const names = taken.map(({ connection }) => connection).sort();
    const key = names.join('\n');
    if (names.length > 0 && !losses.has(key)) losses.set(key, { lost, connections: new Set(names) });
  };
  for (const { feeder } of problem.feeders) {
    add(
      feeder,
      connections.filter((one) => feedersAbove(problem, one.feeder).includes(feeder)),
    );
  }
  for (const one of secured.flatMap((site) => site.connections)) add(one.connection, [one]);
  const units = secured.flatMap(({ site, units: own }) =>
    own
      .filter(({ outputs }) => outputs.some(({ bus }) => bus === POWER))
      .map(({ unit }): Loss => ({ lost: `${site} ${unit}`, connections: new Set(), unit: [site, unit] })),
  );
  return [...losses.values(), ...units];
};

/** Whether a site must survive a loss in a slot. */
export const isHit = (site: SiteProblem, loss: Loss, slot: number): boolean =>
  (site.secured_slots ?? []).includes(slot) &&
  (loss.unit?.[0] === site.site ||
    site.connections.some((one) => loss.connections.has(one.connection) && isAlive(one, slot)));

/** What must be served of a site in a slot, kW: all that has no switch. */
export const neededKw = ({ loads }: SiteProblem, slot: number): number =>
  loads
    .filter(({ bus = POWER, shed_cost_per_kwh }) => bus === POWER && shed_cost_per_kwh === undefined)
    .reduce((sum, { power_kw }) => sum + valueAt(power_kw, slot), 0);
