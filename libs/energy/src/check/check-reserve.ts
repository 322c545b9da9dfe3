import type { EnergyProblem, SiteProblem } from '../problem.js';
import { missingAfter, mostKw, type Outcome } from './after-loss.js';
import { type Reading, sum, TOLERANCE, valueOf } from './reading.js';

/** For so long a loss must be survived, and the dip before switches have operated. */
const [RESERVE_HOURS, DIP_HOURS] = [0.25, 1 / 60];

/** What would be missing after each loss, in all and by slot, is what the plan lists; so are lights that would not be held through the dip of a loss, or of an operation that is planned. */
export const checkReserve = (reading: Reading): void => {
  const { problem, plan, report } = reading;
  const known = new Set<string>();
  const secured = problem.sites.filter(({ secured_slots = [] }) => secured_slots.length > 0);
  for (const { name, ...loss } of listLosses(problem)) {
    const hit = (slot: number): readonly SiteProblem[] =>
      secured.filter(
        ({ site, connections, secured_slots = [] }) =>
          secured_slots.includes(slot) &&
          (loss.unit?.site === site ||
            connections.some((one) => isAlive(one, slot) && loss.lost.includes(one.connection))),
      );
    const outcome: Outcome = { ...loss, hit, hours: RESERVE_HOURS, transfers: true, needed: neededKw };
    compare(reading, 'reserve', `without ${name}`, outcome, known);
    const dip: Outcome = { ...outcome, hours: DIP_HOURS, transfers: false, needed: lightsKw };
    compare(reading, 'ride_through', `without ${name}`, dip, known);
  }
  for (const site of secured) {
    for (const [at, one] of (site.switches ?? []).entries()) {
      const closed = plan.sites[problem.sites.indexOf(site)]?.switches[at]?.closed ?? [];
      const opens = (slot: number): boolean => {
        const before = slot === 0 ? one.closed : (closed[slot - 1] ?? null);
        return before !== null && before !== closed[slot];
      };
      const dip: Outcome = {
        lost: one.connections,
        hit: (slot) => (site.secured_slots?.includes(slot) && opens(slot) ? [site] : []),
        hours: DIP_HOURS,
        transfers: false,
        needed: lightsKw,
      };
      compare(reading, 'ride_through', `while ${one.switch} operates`, dip, known, site.site);
    }
  }
  for (const { limit, at, tier } of plan.violations) {
    if (limit !== 'reserve' && limit !== 'ride_through') continue;
    report(known.has(`${limit} ${at}`) && tier === 'reserve', `${at} is no loss of anything secured.`);
  }
};

/** `site`: whose alone it is. */
const compare = (
  reading: Reading,
  limit: 'reserve' | 'ride_through',
  what: string,
  outcome: Outcome,
  known: Set<string>,
  site?: string,
): void => {
  const { problem, plan, slots, hours, report } = reading;
  const own = plan.violations.filter(
    (one) => one.limit === limit && (site === undefined ? one.at.endsWith(` ${what}`) : one.at === `${site} ${what}`),
  );
  own.forEach(({ at }) => known.add(`${limit} ${at}`));
  const where = site === undefined ? what : `${site} ${what}`;
  let kwh = 0;
  for (const slot of slots) {
    const missing = missingAfter(reading, outcome, slot);
    kwh += missing > TOLERANCE ? missing * hours : 0;
    const start = problem.grid.start + slot * problem.grid.slotMs;
    const isListed = own.some(({ from_ms, until_ms }) => from_ms <= start && start < until_ms);
    report(
      missing > TOLERANCE === isListed || Math.abs(missing) <= TOLERANCE,
      `${limit} ${where}: ${missing} kW are missing in slot ${slot}, and that is ${isListed ? '' : 'not '}listed.`,
    );
  }
  const listed = sum(own.map((one) => one.kwh));
  report(
    Math.abs(listed - kwh) <= TOLERANCE * Math.max(1, kwh),
    `${limit} ${where}: ${kwh} kWh are missing, listed are ${listed} kWh.`,
  );
};

const isAlive = ({ available = 1 }: SiteProblem['connections'][number], slot: number): boolean =>
  (typeof available === 'number' ? available : valueOf(available, slot)) > 0;

interface Loss {
  readonly name: string;
  readonly lost: readonly string[];
  readonly unit?: { readonly site: string; readonly unit: string };
}

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
      lost: all.filter((one) => below(feeder).includes(one.feeder)).map((one) => one.connection),
    })),
    ...secured.flatMap(({ connections }) =>
      connections.map(({ connection }) => ({ name: connection, lost: [connection] })),
    ),
  ];
  const same = (a: Loss, b: Loss): boolean => a.lost.toSorted().join('\n') === b.lost.toSorted().join('\n');
  return [
    ...grid.filter((one, at) => one.lost.length > 0 && grid.findIndex((other) => same(one, other)) === at),
    ...secured.flatMap(({ site, units }) =>
      units
        .filter(({ outputs }) => outputs.some(({ bus }) => bus === 'power'))
        .map(({ unit }): Loss => ({ name: `${site} ${unit}`, lost: [], unit: { site, unit } })),
    ),
  ];
};

/** Without what can be switched off, less what the UPS of a load gives in a quarter of an hour. */
const neededKw = (site: SiteProblem, slot: number): number =>
  mostKw(site, slot, ({ ups }) => (ups ? Math.min(ups.power_kw, (ups.power_kw * ups.autonomy_min) / 15) : 0));

/** Of loads that must strike again, without what their UPS holds. */
const lightsKw = (site: SiteProblem, slot: number): number =>
  mostKw(site, slot, ({ ups, restrike_min = 0 }) => (restrike_min > 0 ? (ups?.power_kw ?? 0) : Infinity));
