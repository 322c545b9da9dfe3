import type { EnergyViolation } from '../plan.js';
import { type SiteProblem, type Task, valueAt } from '../problem.js';
import { carriedBy } from './check-meters.js';
import { near, type Reading, sum, TOLERANCE, valueOf } from './reading.js';

/** Less than this is no reason to list a limit: half of what the plan itself calls arithmetic. */
const HOLDS = 5e-4;

type Which = Pick<EnergyViolation, 'limit' | 'tier' | 'at'>;

/** A limit, and by how much it is passed in each slot: kW, kWh where energy is limited. */
interface Limited extends Which {
  readonly excess: readonly number[];
}

/** Every limit that is passed is listed, with its tier, its time and by how much, and no other. */
export const checkViolations = (reading: Reading): void => {
  const { problem, plan, report } = reading;
  const limits = [...feederLimits(reading), ...problem.sites.flatMap((site, at) => siteLimits(reading, site, at))];
  const isSame = (a: Which, b: Which): boolean => a.limit === b.limit && a.tier === b.tier && a.at === b.at;
  for (const limit of limits) {
    const listed = plan.violations.filter((violation) => isSame(limit, violation));
    for (const [slot, over] of limit.excess.entries()) {
      const isListed = listed.some((violation) => slotsOf(reading, violation).includes(slot));
      const where = `${limit.at}, slot ${slot}: ${limit.limit}`;
      report(over <= TOLERANCE || isListed, `${where} is over by ${over} and is not listed in tier ${limit.tier}.`);
      report(over >= HOLDS || !isListed, `${where} holds and is listed.`);
    }
    for (const violation of listed) checkSize(reading, limit, violation);
  }
  for (const violation of plan.violations) {
    // Those of reserve are looked at by themselves.
    if (violation.limit === 'reserve' || violation.limit === 'ride_through') continue;
    const isKnown = limits.some((limit) => isSame(limit, violation));
    report(isKnown, `${violation.at} has no ${violation.limit} in tier ${violation.tier}.`);
    report(slotsOf(reading, violation).length > 0, `The ${violation.limit} of ${violation.at} is listed for no slot.`);
  }
};

const slotsOf = ({ problem: { grid }, slots }: Reading, { from_ms, until_ms }: EnergyViolation): readonly number[] =>
  slots.filter((slot) => {
    const start = grid.start + slot * grid.slotMs;
    return from_ms <= start && start < until_ms;
  });

const checkSize = (reading: Reading, { limit, at, excess }: Limited, violation: EnergyViolation): void => {
  const over = slotsOf(reading, violation).map((slot) => valueOf(excess, slot));
  const worst = Math.max(...over);
  const isEnergy = limit === 'soc_band' || limit === 'soc_target' || limit === 'task';
  const kwh = isEnergy ? worst : sum(over) * reading.hours;
  const { least_kw: least = worst } = violation;
  // A raise for all of the time lets through at least what is over in all, and the worst is always enough.
  // What a transformer may carry follows from what it carried before: what it is over by says neither the most nor the least.
  const isHot = limit === 'feeder_limit' && reading.problem.feeders.some((one) => one.feeder === at && one.transformer);
  const mean = isEnergy ? 0 : sum(over) / over.length;
  reading.report(
    isHot || (least <= worst + TOLERANCE && least >= mean - TOLERANCE * Math.max(1, worst)),
    `${at}: ${limit} is said to hold with ${least} kW more, it is over by ${worst} kW and ${mean} kW in the mean.`,
  );
  reading.report(
    near(violation.worst_kw, worst) && near(violation.kwh, kwh),
    `${at}: ${limit} is listed with ${violation.worst_kw} and ${violation.kwh} kWh, it is over by ${worst} and ${kwh} kWh.`,
  );
};

const feederLimits = ({ problem, plan, slots }: Reading): readonly Limited[] =>
  problem.feeders.map(({ feeder }, at) => ({
    limit: 'feeder_limit',
    tier: 'feeder',
    at: feeder,
    excess: slots.map(
      (slot) => Math.abs(carriedBy(feeder, problem, plan, slot)) - valueOf(plan.feeders[at]?.limit_kw, slot),
    ),
  }));

/** kWh of a task that a plan of so many slots does: no less than what would be left for the rest of its window if it were done evenly, or as late as can be. */
const leastOf = (
  { energy_kwh, power_kw, from_slot, until_slot, interruptible }: Task,
  count: number,
  hours: number,
) => {
  const later = Math.max(0, until_slot - count);
  const needed = Math.ceil(energy_kwh / (power_kw * hours) - 1e-6);
  if (!interruptible) return needed <= later ? 0 : (energy_kwh * (needed - later)) / needed;
  const evenly = (energy_kwh * later) / (until_slot - Math.max(0, from_slot));
  return energy_kwh - Math.min(evenly, later * power_kw * hours);
};

const siteLimits = ({ plan, slots, hours }: Reading, site: SiteProblem, index: number): readonly Limited[] => {
  const of = plan.sites[index];
  const contracts = site.connections.flatMap(({ connection, import_limit_kw, export_limit_kw }, at): Limited[] => {
    const net = (slot: number): number => valueOf(of?.connections[at]?.net_kw, slot);
    const own = { tier: 'contract', at: connection } as const;
    return [
      { ...own, limit: 'import_limit', excess: slots.map((slot) => net(slot) - valueAt(import_limit_kw, slot)) },
      { ...own, limit: 'export_limit', excess: slots.map((slot) => -net(slot) - valueAt(export_limit_kw, slot)) },
    ];
  });
  const unserved = site.loads.flatMap(({ load, tier, bus = 'power', shed_cost_per_kwh }, at): Limited[] => {
    if (shed_cost_per_kwh !== undefined) return [];
    const normal = bus === 'power' ? 'supply' : 'comfort';
    const excess = slots.map((slot) => valueOf(of?.loads[at]?.unserved_kw, slot));
    return [{ limit: 'unserved', tier: tier === 'normal' ? normal : tier, at: `${site.site} ${load}`, excess }];
  });
  const stores = site.stores.flatMap((store, at): Limited[] => {
    const held = (slot: number): number => valueOf(of?.stores[at]?.soc_ratio, slot) * store.capacity_kwh;
    const low = (slot: number): number => valueAt(store.soc_min_ratio, slot) * store.capacity_kwh - held(slot);
    const high = (slot: number): number => held(slot) - valueAt(store.soc_max_ratio, slot) * store.capacity_kwh;
    const targets = store.targets ?? [];
    const own = { tier: 'comfort', at: `${site.site} ${store.store}` } as const;
    const missed = (slot: number): number =>
      Math.max(0, ...targets.map((one) => (one.slot === slot ? one.soc_ratio * store.capacity_kwh - held(slot) : 0)));
    return [
      { ...own, limit: 'soc_band', excess: slots.map((slot) => Math.max(low(slot), high(slot))) },
      { ...own, limit: 'soc_target', excess: slots.map(missed) },
    ];
  });
  const tasks = site.tasks.map((one, at): Limited => {
    const { task, until_slot } = one;
    const power = of?.tasks[at]?.power_kw ?? [];
    const begins = power.findIndex((kw) => kw > 0);
    const goesOn = begins === -1 || one.interruptible || valueOf(power, slots.length - 1) > 0;
    const left = (goesOn ? leastOf(one, slots.length, hours) : one.energy_kwh) - sum(power) * hours;
    const last = Math.min(slots.length, until_slot) - 1;
    const excess = slots.map((slot) => (slot === last ? left : 0));
    return { limit: 'task', tier: 'comfort', at: `${site.site} ${task}`, excess };
  });
  const units = site.units.flatMap(({ unit, commitment }, at): Limited[] => {
    if (!commitment) return [];
    const on = of?.units[at]?.on ?? [];
    /** Slots on in the run that ends before a slot, what was before the horizon included. */
    const runBefore = (slot: number): number => {
      let length = 0;
      while (length < slot && on[slot - 1 - length]) length += 1;
      return length === slot && commitment.on ? length + commitment.slots_so : length;
    };
    /** Slots off just before and in a slot. */
    const offUntil = (slot: number): number => {
      let length = 0;
      while (length <= slot && !on[slot - length]) length += 1;
      return length;
    };
    const excess = slots.map((slot) => {
      const off = offUntil(slot);
      const first = slot + 1 - off;
      const wasOn = first === 0 ? commitment.on : true;
      return off > 0 && wasOn && runBefore(first) + off <= commitment.min_up_slots ? 1 : 0;
    });
    return [{ limit: 'min_up', tier: 'comfort', at: `${site.site} ${unit}`, excess }];
  });
  return [...contracts, ...unserved, ...stores, ...tasks, ...units];
};
