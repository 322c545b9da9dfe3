import { type EnergyProblem, type Feeder, type SiteProblem, valueAt } from '../problem.js';
import { carriedBy } from './check-meters.js';
import { ratedKw } from './check-ratings.js';
import { mostFlow } from '../reserve/most-flow.js';
import { type Reading, sum, TOLERANCE, valueOf } from './reading.js';

/** For so long a loss must be survived. */
const RESERVE_HOURS = 0.25;

interface Loss {
  readonly name: string;
  readonly connections: readonly string[];
  readonly unit?: string;
}

/** What would be missing after each loss, in all and by slot, is what the plan lists: for the most that the rest can bring through connections and feeders, from stores and machines that run. */
export const checkReserve = (reading: Reading): void => {
  const { problem, plan, slots, hours, report } = reading;
  const known = new Set<string>();
  for (const loss of listLosses(problem)) {
    const own = plan.violations.filter(({ limit, at }) => limit === 'reserve' && at.endsWith(` without ${loss.name}`));
    own.forEach(({ at }) => known.add(at));
    let kwh = 0;
    for (const slot of slots) {
      const missing = missingAfter(reading, loss, slot);
      kwh += missing > TOLERANCE ? missing * hours : 0;
      const start = problem.grid.start + slot * problem.grid.slotMs;
      const isListed = own.some(({ from_ms, until_ms }) => from_ms <= start && start < until_ms);
      report(
        missing > TOLERANCE === isListed || Math.abs(missing) <= TOLERANCE,
        `Without ${loss.name} ${missing} kW are missing in slot ${slot}, and that is ${isListed ? '' : 'not '}listed.`,
      );
    }
    const listed = sum(own.map((one) => one.kwh));
    report(
      Math.abs(listed - kwh) <= TOLERANCE * Math.max(1, kwh),
      `Without ${loss.name} ${kwh} kWh are missing, listed are ${listed} kWh.`,
    );
  }
  for (const { limit, at, tier } of plan.violations)
    if (limit === 'reserve') report(known.has(at) && tier === 'reserve', `${at} is no loss of anything secured.`);
};

const isAlive = ({ available = 1 }: SiteProblem['connections'][number], slot: number): boolean =>
  valueAt(available, slot) > 0;

/** Feeders first: a connection that a feeder's loss takes alone has no name of its own. */
const listLosses = (problem: EnergyProblem): readonly Loss[] => {
  const below = (feeder: string): readonly string[] => [
    feeder,
    ...problem.feeders.filter(({ parent }) => parent === feeder).flatMap((one) => below(one.feeder)),
  ];
  const all = problem.sites.flatMap(({ connections }) => connections);
  const secured = problem.sites.filter(({ secured_slots = [] }) => secured_slots.length > 0);
  const grid: Loss[] = [
    ...problem.feeders.map(({ feeder }) => ({
      name: feeder,
      connections: all.filter((one) => below(feeder).includes(one.feeder)).map((one) => one.connection),
    })),
    ...secured.flatMap(({ connections }) =>
      connections.map(({ connection }) => ({ name: connection, connections: [connection] })),
    ),
  ];
  const same = (a: Loss, b: Loss): boolean =>
    a.connections.toSorted().join('\n') === b.connections.toSorted().join('\n');
  return [
    ...grid.filter((one, at) => one.connections.length > 0 && grid.findIndex((other) => same(one, other)) === at),
    ...secured.flatMap(({ site, units }) =>
      units
        .filter(({ outputs }) => outputs.some(({ bus }) => bus === 'power'))
        .map(({ unit }): Loss => ({ name: `${site} ${unit}`, connections: [], unit: `${site} ${unit}` })),
    ),
  ];
};

/** kW of all secured sites that it hits. */
const missingAfter = (reading: Reading, loss: Loss, slot: number): number => {
  const { problem } = reading;
  const isHit = ({ site, connections, units, secured_slots = [] }: SiteProblem): boolean =>
    secured_slots.includes(slot) &&
    (connections.some((one) => loss.connections.includes(one.connection) && isAlive(one, slot)) ||
      units.some(({ unit }) => `${site} ${unit}` === loss.unit));
  const hit = problem.sites.filter(isHit);
  if (hit.length === 0) return 0;
  // From the grid down the tree of feeders, through connections, to sites.
  const arcs: { from: string; to: string; kw: number }[] = [];
  for (const one of problem.feeders) {
    const from = one.parent === undefined ? 'grid' : `feeder ${one.parent}`;
    arcs.push({ from, to: `feeder ${one.feeder}`, kw: freeKw(reading, one, loss, hit, slot) });
  }
  let needed = 0;
  for (const site of hit) {
    const rest = Math.max(0, neededKw(site, slot) - ownKw(reading, site, loss, slot));
    needed += rest;
    arcs.push({ from: `site ${site.site}`, to: 'served', kw: rest });
    for (const one of site.connections) {
      if (loss.connections.includes(one.connection) || !isAlive(one, slot)) continue;
      arcs.push({ from: `feeder ${one.feeder}`, to: `site ${site.site}`, kw: valueAt(one.import_limit_kw, slot) });
    }
  }
  return needed - mostFlow(arcs, 'grid', 'served').kw;
};

const neededKw = ({ loads }: SiteProblem, slot: number): number =>
  sum(
    loads.map(({ bus = 'power', power_kw, shed_cost_per_kwh }) =>
      bus === 'power' && shed_cost_per_kwh === undefined ? valueAt(power_kw, slot) : 0,
    ),
  );

/** What a site's stores hold when the slot begins, and its machines that run. */
const ownKw = ({ problem, plan }: Reading, site: SiteProblem, loss: Loss, slot: number): number => {
  const of = plan.sites[problem.sites.indexOf(site)];
  const stored = site.stores.map((store, at) => {
    if ((store.bus ?? 'power') !== 'power') return 0;
    const soc = slot === 0 ? store.soc_ratio : valueOf(of?.stores[at]?.soc_ratio, slot - 1);
    const power =
      typeof store.discharge_kw === 'number' ? store.discharge_kw : Math.max(...store.discharge_kw.map(([, kw]) => kw));
    return Math.min(power, (soc * store.capacity_kwh * store.discharge_efficiency) / RESERVE_HOURS);
  });
  const made = site.units.map(({ unit, outputs, capacity_kw, commitment }, at) => {
    const perKw = sum(outputs.map(({ bus, per_kw }) => (bus === 'power' ? per_kw : 0)));
    const runs = !commitment || of?.units[at]?.on[slot] === true;
    return runs && `${site.site} ${unit}` !== loss.unit ? perKw * valueAt(capacity_kw, slot) : 0;
  });
  return sum(stored) + sum(made);
};

/** What a feeder has left beside those that the loss does not touch. */
const freeKw = (
  { problem, plan }: Reading,
  one: Feeder,
  loss: Loss,
  hit: readonly SiteProblem[],
  slot: number,
): number => {
  const others = {
    ...problem,
    sites: problem.sites.map((site) => ({
      ...site,
      // Out of the tree: those that are lost, and those whose imports are looked for here.
      connections: site.connections.map((one) =>
        hit.includes(site) || loss.connections.includes(one.connection) ? { ...one, feeder: '' } : one,
      ),
    })),
  };
  return ratedKw(problem, one, slot, 1) - carriedBy(one.feeder, others, plan, slot);
};
