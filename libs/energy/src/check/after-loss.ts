import { type Feeder, type Load, type SiteProblem, valueAt } from '../problem.js';
import { mostFlow } from '../reserve/most-flow.js';
import { carriedBy } from './check-meters.js';
import { ratedKw } from './check-ratings.js';
import { type Reading, sum, valueOf } from './reading.js';

/** Connections and a machine that are gone, whom that hits, and what they need of the rest. */
export interface Outcome {
  readonly lost: readonly string[];
  readonly unit?: { readonly site: string; readonly unit: string };
  readonly hit: (slot: number) => readonly SiteProblem[];
  /** For so long stores must last. */
  readonly hours: number;
  /** Whether a switch that has lost a connection closes another in time. */
  readonly transfers: boolean;
  readonly needed: (site: SiteProblem, slot: number) => number;
}

/** Power of a site's loads that have no switch, each less what it has of its own. */
export const mostKw = ({ loads }: SiteProblem, slot: number, own: (load: Load) => number): number =>
  sum(
    loads.map((load) => {
      const isServed = (load.bus ?? 'power') === 'power' && load.shed_cost_per_kwh === undefined;
      return isServed ? Math.max(0, valueAt(load.power_kw, slot) - own(load)) : 0;
    }),
  );

/** kW of all sites that it hits: for the most that the rest can bring through connections and feeders, from stores and machines that run. */
export const missingAfter = (reading: Reading, outcome: Outcome, slot: number): number => {
  const { problem } = reading;
  const hit = outcome.hit(slot);
  if (hit.length === 0) return 0;
  // From the grid down the tree of feeders, through connections, to sites.
  const arcs: { from: string; to: string; kw: number }[] = [];
  for (const one of problem.feeders) {
    const from = one.parent === undefined ? 'grid' : `feeder ${one.parent}`;
    arcs.push({ from, to: `feeder ${one.feeder}`, kw: freeKw(reading, one, outcome, hit, slot) });
  }
  let needed = 0;
  for (const site of hit) {
    const rest = Math.max(0, outcome.needed(site, slot) - ownKw(reading, site, outcome, slot));
    needed += rest;
    arcs.push({ from: `site ${site.site}`, to: 'served', kw: rest });
    for (const one of site.connections) {
      if (valueAt(one.available ?? 1, slot) === 0 || !goesOn(reading, site, one.connection, outcome, slot)) continue;
      arcs.push({ from: `feeder ${one.feeder}`, to: `site ${site.site}`, kw: valueAt(one.import_limit_kw, slot) });
    }
  }
  return needed - mostFlow(arcs, 'grid', 'served').kw;
};

/** A connection that is not lost goes on where it has no switch, or that has it closed; or closes it, having lost another. */
const goesOn = (
  { problem, plan }: Reading,
  site: SiteProblem,
  connection: string,
  { lost, transfers }: Outcome,
  slot: number,
): boolean => {
  if (lost.includes(connection)) return false;
  const of = plan.sites[problem.sites.indexOf(site)];
  const closed = of?.switches.map((one) => one.closed[slot] ?? '') ?? [];
  for (const [at, one] of (site.switches ?? []).entries()) {
    if (!one.connections.includes(connection)) continue;
    const hasLost = one.connections.some((other) => lost.includes(other));
    if (!(transfers && hasLost)) return closed[at] === connection;
    // Of those that would be closed now, an interlock leaves the first.
    const others = site.connections.slice(
      0,
      site.connections.findIndex((other) => other.connection === connection),
    );
    const isLate = others.some(
      (other) =>
        valueAt(other.available ?? 1, slot) > 0 &&
        !lost.includes(other.connection) &&
        site.interlocks?.some(
          ({ connections }) => connections.includes(connection) && connections.includes(other.connection),
        ) === true &&
        site.switches?.every(
          ({ connections }) =>
            !connections.includes(other.connection) || connections.some((name) => lost.includes(name)),
        ) === true,
    );
    if (isLate) return false;
    // What another switch has closed, and keeps, may be interlocked with it.
    const goOn = closed.filter((other) => other !== connection && !lost.includes(other));
    const bars = site.interlocks?.filter(({ connections }) => connections.includes(connection)) ?? [];
    if (bars.some(({ connections }) => connections.some((other) => goOn.includes(other)))) return false;
  }
  return true;
};

/** What a site's stores hold when the slot begins, and its machines that run. */
const ownKw = ({ problem, plan }: Reading, site: SiteProblem, { hours, unit: lost }: Outcome, slot: number): number => {
  const of = plan.sites[problem.sites.indexOf(site)];
  const stored = site.stores.map((store, at) => {
    if ((store.bus ?? 'power') !== 'power') return 0;
    const soc = slot === 0 ? store.soc_ratio : valueOf(of?.stores[at]?.soc_ratio, slot - 1);
    const power =
      typeof store.discharge_kw === 'number' ? store.discharge_kw : Math.max(...store.discharge_kw.map(([, kw]) => kw));
    return Math.min(power, (soc * store.capacity_kwh * store.discharge_efficiency) / hours);
  });
  const made = site.units.map(({ unit, outputs, capacity_kw, commitment }, at) => {
    const perKw = sum(outputs.map(({ bus, per_kw }) => (bus === 'power' ? per_kw : 0)));
    const runs = !commitment || of?.units[at]?.on[slot] === true;
    const isLost = lost?.site === site.site && lost.unit === unit;
    return runs && !isLost ? perKw * valueAt(capacity_kw, slot) : 0;
  });
  return sum(stored) + sum(made);
};

/** What a feeder has left beside those that the loss does not touch. */
const freeKw = (
  { problem, plan }: Reading,
  one: Feeder,
  { lost }: Outcome,
  hit: readonly SiteProblem[],
  slot: number,
): number => {
  const others = {
    ...problem,
    sites: problem.sites.map((site) => ({
      ...site,
      // Out of the tree: those that are lost, and those whose imports are looked for here.
      connections: site.connections.map((one) =>
        hit.includes(site) || lost.includes(one.connection) ? { ...one, feeder: '' } : one,
      ),
    })),
  };
  return ratedKw(problem, one, slot, 1) - carriedBy(one.feeder, others, plan, slot);
};
