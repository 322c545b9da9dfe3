import type { SitePlan } from '../plan.js';
import { type EnergyProblem, type Feeder, mostPower, POWER, type SiteProblem, valueAt } from '../problem.js';
import { feederLimit, feedersAbove } from '../transformer/feeder-rating.js';
import { isHit, listLosses, listOperations, listSecured, type Loss } from './losses.js';
import { DIP, isLeft, listBarring, type Moment, QUARTER } from './moments.js';
import { type FlowArc, mostFlow } from './most-flow.js';

/** What is missing at a secured site after a loss, kW by slot. */
export interface ReserveShortage {
  readonly limit: Moment['limit'];
  readonly site: string;
  /** As it stands after the site's name. */
  readonly loss: string;
  readonly kw: readonly number[];
}

/** What each loss leaves unserved at the sites that must survive it, with the stores and machines of a plan: the least in all. Where it can be at one site or another it is at the later one. */
export const listShortages = (problem: EnergyProblem, sites: readonly SitePlan[]): readonly ReserveShortage[] => {
  const secured = listSecured(problem);
  const of = (loss: Loss, moment: Moment): readonly ReserveShortage[] => {
    const missing = problem.sites.map(() => new Array<number>(problem.grid.count).fill(0));
    for (const slot of secured)
      for (const [at, kw] of missingAfter({ problem, sites, loss, moment, slot }))
        if (missing[at]) missing[at][slot] = kw;
    return problem.sites.flatMap(({ site }, at) => {
      const kw = missing[at] ?? [];
      return kw.some((value) => value > 0) ? [{ limit: moment.limit, site, loss: loss.name, kw }] : [];
    });
  };
  return [
    ...listLosses(problem).flatMap((loss) => [...of(loss, QUARTER), ...of(loss, DIP)]),
    ...listOperations(problem).flatMap((operation) => of(operation, DIP)),
  ];
};

interface After {
  readonly problem: EnergyProblem;
  readonly sites: readonly SitePlan[];
  readonly loss: Loss;
  readonly moment: Moment;
  readonly slot: number;
}

/** By index of the site, of those that are hit. */
const missingAfter = (after: After): readonly (readonly [at: number, kw: number])[] => {
  const { problem, sites, loss, moment, slot } = after;
  const hit = [...problem.sites.entries()].filter(
    ([at, site]) => isHit(site, loss, slot) && (loss.operates === undefined || operates(site, sites[at], loss, slot)),
  );
  if (hit.every(([, site]) => moment.neededKw(site, slot) <= 0)) return [];
  const wanted = hit.map(([at, site]) => {
    const own = ownKw(site, sites[at], after);
    return { at, site, kw: Math.max(0, moment.neededKw(site, slot) - own) };
  });
  // From the grid down the tree of feeders, through connections, to sites.
  const arcs: FlowArc[] = [
    ...problem.feeders.map((one) => ({
      from: one.parent === undefined ? GRID : feederNode(one.parent),
      to: feederNode(one.feeder),
      kw: freeKw(after, one),
    })),
    ...wanted.flatMap(({ at, site, kw }) => [
      { from: siteNode(site.site), to: SERVED, kw },
      ...site.connections
        .filter((one) => {
          const left = isLeft(site, one, loss, moment, slot);
          if (left === 'where closed') return isClosed(site, sites[at], one.connection, slot);
          const closed = sites[at]?.switches.map((of) => of.closed[slot]) ?? [];
          return left === 'yes' && !listBarring(site, one.connection, loss, slot).some((name) => closed.includes(name));
        })
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

/** On all switches that it is on. */
const isClosed = ({ switches = [] }: SiteProblem, plan: SitePlan | undefined, connection: string, slot: number) =>
  switches.every(
    ({ connections }, at) => !connections.includes(connection) || plan?.switches[at]?.closed[slot] === connection,
  );

/** Whether a switch opens in a slot what was closed before it. */
const operates = ({ switches = [] }: SiteProblem, plan: SitePlan | undefined, loss: Loss, slot: number): boolean => {
  const at = switches.findIndex((one) => one.switch === loss.operates);
  const closed = plan?.switches[at]?.closed ?? [];
  const before = slot === 0 ? switches[at]?.closed : closed[slot - 1];
  return before != null && closed[slot] !== before;
};

/** From what a site's stores hold when the slot begins, and from its machines that run, kW. */
const ownKw = (site: SiteProblem, plan: SitePlan | undefined, { loss, moment, slot }: After): number => {
  const stored = site.stores.map(({ bus = POWER, capacity_kwh, discharge_efficiency, discharge_kw, ...store }, at) => {
    const soc = slot === 0 ? store.soc_ratio : (plan?.stores[at]?.soc_ratio[slot - 1] ?? 0);
    return bus === POWER
      ? Math.min(mostPower(discharge_kw), (soc * capacity_kwh * discharge_efficiency) / moment.hours)
      : 0;
  });
  const made = site.units.map(({ unit, outputs, capacity_kw, commitment }, at) => {
    const perKw = outputs.find(({ bus }) => bus === POWER)?.per_kw ?? 0;
    const isLost = loss.site === site.site && loss.unit === unit;
    const runs = !commitment || plan?.units[at]?.on[slot];
    return runs && !isLost ? perKw * valueAt(capacity_kw, slot) : 0;
  });
  return [...stored, ...made].reduce((sum, kw) => sum + kw, 0);
};

/** What a feeder that is left has beside those that go on as they are, kW. */
const freeKw = ({ problem, sites, loss, slot }: After, one: Feeder): number => {
  let left = feederLimit(problem, one, slot);
  for (const [at, site] of problem.sites.entries()) {
    if (isHit(site, loss, slot)) continue;
    for (const [index, { connection, feeder }] of site.connections.entries())
      if (!loss.connections.has(connection) && feedersAbove(problem, feeder).includes(one.feeder))
        left -= sites[at]?.connections[index]?.net_kw[slot] ?? 0;
  }
  return left;
};
