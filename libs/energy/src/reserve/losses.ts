import { isAlive } from '../model/add-meters.js';
import { type Connection, type EnergyProblem, POWER, type SiteProblem } from '../problem.js';
import { feedersAbove } from '../transformer/feeder-rating.js';

/** One feeder, connection or unit, and all that goes with it; or what a switch takes from its site while it operates. */
export interface Loss {
  /** As it stands after a site's name. */
  readonly name: string;
  readonly connections: ReadonlySet<string>;
  /** Whose alone it is. */
  readonly site?: string;
  readonly unit?: string;
  /** The switch: it is a loss only in slots in which it operates. */
  readonly operates?: string;
}

/** All that secured sites must survive, one at a time. What the loss of takes the same connections is one: the first named, feeders before connections. */
export const listLosses = (problem: EnergyProblem): readonly Loss[] => {
  const connections = problem.sites.flatMap((site) => site.connections);
  const secured = problem.sites.filter(isSecured);
  if (secured.length === 0) return [];
  const losses = new Map<string, Loss>();
  const add = (lost: string, taken: readonly Connection[]): void => {
    const names = taken.map(({ connection }) => connection).sort();
    const key = names.join('\n');
    if (names.length > 0 && !losses.has(key)) losses.set(key, { name: `without ${lost}`, connections: new Set(names) });
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
      .map(({ unit }): Loss => ({ name: `without ${site} ${unit}`, connections: new Set(), site, unit })),
  );
  return [...losses.values(), ...units];
};

/** What switches of secured sites take for a moment. */
export const listOperations = (problem: EnergyProblem): readonly Loss[] =>
  problem.sites.filter(isSecured).flatMap(({ site, switches = [] }) =>
    switches.map(({ switch: operates, connections }): Loss => ({
      name: `while ${operates} operates`,
      connections: new Set(connections),
      site,
      operates,
    })),
  );

const isSecured = ({ secured_slots = [] }: SiteProblem): boolean => secured_slots.length > 0;

/** Slots in which any site must survive a loss, in order of time. */
export const listSecured = ({ sites, grid }: EnergyProblem): readonly number[] => {
  const all = new Set(sites.flatMap(({ secured_slots = [] }) => secured_slots));
  return Array.from({ length: grid.count }, (_, slot) => slot).filter((slot) => all.has(slot));
};

/** Whether a site must survive a loss in a slot. */
export const isHit = (site: SiteProblem, loss: Loss, slot: number): boolean =>
  (site.secured_slots ?? []).includes(slot) &&
  (loss.site === site.site ||
    (loss.site === undefined &&
      site.connections.some((one) => loss.connections.has(one.connection) && isAlive(one, slot))));
