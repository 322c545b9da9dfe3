import { isAlive } from '../model/add-meters.js';
import type { SitePlan } from '../plan.js';
import { type EnergyProblem, type Feeder, mostPower, POWER, type SiteProblem, valueAt } from '../problem.js';
import { feederLimit, feedersAbove } from '../transformer/feeder-rating.js';
import { isHit, listLosses, type Loss, neededKw, RESERVE_HOURS } from './losses.js';
import { type FlowArc, mostFlow } from './most-flow.js';

/** What is missing at a secured site after a loss, kW by slot. */
export interface ReserveShortage {
  readonly site: string;
  /** Feeder, connection or unit. */
  readonly lost: string;
  readonly kw: readonly number[];
}

/** What each loss leaves unserved at the sites that must survive it, with the stores and machines of a plan: the least in all. Where it can be at one site or another it is at the later one. */
export const listShortages = (problem: EnergyProblem, sites: readonly SitePlan[]): readonly ReserveShortage[] =>
  listLosses(problem).flatMap((loss) => {
    const missing = problem.sites.map(() => new Array<number>(problem.grid.count).fill(0));
    for (let slot = 0; slot < problem.grid.count; slot += 1)
      for (const [at, kw] of missingAfter(problem, sites, loss, slot)) if (missing[at]) missing[at][slot] = kw;
    return problem.sites.flatMap(({ site }, at) => {
      const kw = missing[at] ?? [];
      return kw.some((value) => value > 0) ? [{ site, lost: loss.lost, kw }] : [];
    });
  });

/** By index of the site, of those that are hit. */
const missingAfter = (
  problem: EnergyProblem,
  plans: readonly SitePlan[],
  loss: Loss,
  slot: number,
): readonly (readonly [at: number, kw: number])[] => {
  const hit = [...problem.sites.entries()].filter(([, site]) => isHit(site, loss, slot));
  if (hit.length === 0) return [];
  const wanted = hit.map(([at, site]) => {
    const own = ownKw(site, plans[at], loss, slot);
    return { at, site, kw: Math.max(0, neededKw(site, slot) - own) };
  });
  // From the grid down the tree of feeders, through connections, to sites.
  const arcs: FlowArc[] = [
    ...problem.feeders.map((one) => ({
      from: one.parent === undefined ? GRID : feederNode(one.parent),
      to: feederNode(one.feeder),
      kw: freeKw(problem, plans, one, loss, slot),
    })),
    ...wanted.flatMap(({ site, kw }) => [
      { from: siteNode(site.site), to: SERVED, kw },
      ...site.connections
        .filter((one) => isAlive(one, slot) && !loss.connections.has(one.connection))
        .map((one) => ({
          from: feederNode(one.feeder),
          to: siteNode(site.site),
          kw: valueAt(one.import_limit_kw, slot),
        })),
    ]),
  ];
  const flow = mostFlow(arcs, GRID, SERVED);
  return wanted.map(({ at, site, kw }) => [at, kw - flow.between(siteNode(site.site), SERVED)]);
};

const [GRID, SERVED] = ['grid', 'served'];
const feederNode = (feeder: string): string => `feeder ${feeder}`;
const siteNode = (site: string): string => `site ${site}`;

/** From what a site's stores hold when the slot begins, and from its machines that run, kW. */
const ownKw = (site: SiteProblem, plan: SitePlan | undefined, loss: Loss, slot: number): number => {
  const stored = site.stores.map(({ bus = POWER, capacity_kwh, discharge_efficiency, discharge_kw, ...store }, at) => {
    const soc = slot === 0 ? store.soc_ratio : (plan?.stores[at]?.soc_ratio[slot - 1] ?? 0);
    return bus === POWER
      ? Math.min(mostPower(discharge_kw), (soc * capacity_kwh * discharge_efficiency) / RESERVE_HOURS)
      : 0;
  });
  const made = site.units.map(({ unit, outputs, capacity_kw, commitment }, at) => {
    const perKw = outputs.find(({ bus }) => bus === POWER)?.per_kw ?? 0;
    const isLost = loss.unit?.[0] === site.site && loss.unit[1] === unit;
    const runs = !commitment || plan?.units[at]?.on[slot];
    return runs && !isLost ? perKw * valueAt(capacity_kw, slot) : 0;
  });
  return [...stored, ...made].reduce((sum, kw) => sum + kw, 0);
};

/** What a feeder that is left has beside those that go on as they are, kW. */
const freeKw = (problem: EnergyProblem, plans: readonly SitePlan[], one: Feeder, loss: Loss, slot: number): number => {
  let left = feederLimit(problem, one, slot);
  for (const [at, site] of problem.sites.entries()) {
    if (isHit(site, loss, slot)) continue;
    for (const [index, { connection, feeder }] of site.connections.entries())
      if (!loss.connections.has(connection) && feedersAbove(problem, feeder).includes(one.feeder))
        left -= plans[at]?.connections[index]?.net_kw[slot] ?? 0;
  }
  return left;
};
