import { type Flow, POWER, valueAt } from '../problem.js';
import { near, type SiteReading, sum, TOLERANCE, valueOf } from './reading.js';

interface OnBus {
  readonly bus?: string;
}

/** What comes to each bus of a site goes from it: of electricity exactly, of heat and cold it may be more. The site's totals are those of electricity. */
export const checkBuses = (reading: SiteReading): void => {
  const { site, slots, report } = reading;
  const named: readonly OnBus[] = [
    ...site.loads,
    ...site.supplies,
    ...site.stores,
    ...site.tasks,
    ...site.units.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  ];
  for (const bus of new Set([POWER, ...named.map(({ bus: own = POWER }) => own)])) {
    for (const slot of slots) {
      const { given, taken } = flowsOf(reading, bus, slot);
      report(
        bus === POWER ? near(given, taken) : given >= taken - TOLERANCE * Math.max(1, taken),
        `${site.site}, slot ${slot}: ${bus} is given ${given} kW and takes ${taken} kW.`,
      );
    }
  }
  for (const slot of slots) checkTotals(reading, slot);
};

const flowsOf = ({ site, of }: SiteReading, bus: string, slot: number) => {
  const each = <T extends OnBus>(parts: readonly T[], kw: (part: T, at: number) => number): number =>
    sum(parts.map((part, at) => ((part.bus ?? POWER) === bus ? kw(part, at) : 0)));
  const perKw = (flows: readonly Flow[]): number => each(flows, ({ per_kw }) => per_kw);
  const machines = (flows: 'inputs' | 'outputs'): number =>
    sum(site.units.map((unit, at) => perKw(unit[flows]) * valueOf(of.units[at]?.level_kw, slot)));
  const stored = (direction: 1 | -1): number =>
    each(site.stores, (_, at) => Math.max(0, direction * valueOf(of.stores[at]?.power_kw, slot)));
  const net = bus === POWER ? sum(of.connections.map(({ net_kw }) => valueOf(net_kw, slot))) : 0;
  const loads = each(site.loads, ({ power_kw }) => valueAt(power_kw, slot));
  const unserved = each(site.loads, (_, at) => valueOf(of.loads[at]?.unserved_kw, slot));
  const tasks = each(site.tasks, (_, at) => valueOf(of.tasks[at]?.power_kw, slot));
  const used = each(site.supplies, (_, at) => valueOf(of.supplies[at]?.used_kw, slot));
  const made = machines('outputs');
  const put = machines('inputs');
  return {
    given: net + used + made + stored(-1),
    taken: loads - unserved + tasks + put + stored(1),
    parts: { asked: loads + tasks, unserved, used, generated: made - put, battery: stored(1) - stored(-1) },
  };
};

const checkTotals = (reading: SiteReading, slot: number): void => {
  const { site, of, report } = reading;
  const { parts } = flowsOf(reading, POWER, slot);
  const own = <T extends OnBus>(list: readonly T[], value: (part: T, at: number) => number): number =>
    sum(list.map((part, at) => ((part.bus ?? POWER) === POWER ? value(part, at) : 0)));
  const there = own(site.supplies, ({ available_kw }) => valueAt(available_kw, slot));
  const capacity = own(site.stores, ({ capacity_kwh }) => capacity_kwh);
  const held = own(site.stores, ({ capacity_kwh }, at) => capacity_kwh * valueOf(of.stores[at]?.soc_ratio, slot));
  const nets = of.connections.map(({ net_kw }) => valueOf(net_kw, slot));
  const totals: readonly (readonly [name: string, given: number, wanted: number])[] = [
    ['load', valueOf(of.load_kw, slot), parts.asked],
    ['pv', valueOf(of.pv_kw, slot), there],
    ['curtailed', valueOf(of.curtailed_kw, slot), there - parts.used],
    ['import', valueOf(of.import_kw, slot), sum(nets.map((kw) => Math.max(0, kw)))],
    ['export', valueOf(of.export_kw, slot), sum(nets.map((kw) => Math.max(0, -kw)))],
    ['battery', valueOf(of.battery_kw, slot), parts.battery],
    ['generated', valueOf(of.generated_kw, slot), parts.generated],
    ['unserved', valueOf(of.unserved_kw, slot), parts.unserved],
    ['state of charge', valueOf(of.soc_ratio, slot), capacity === 0 ? 0 : held / capacity],
  ];
  for (const [name, given, wanted] of totals)
    report(near(given, wanted), `${site.site}, slot ${slot}: total ${name} is ${given}, its parts make ${wanted}.`);
};
