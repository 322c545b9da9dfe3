import { isSupplied } from '../model/add-meters.js';
import { type Load, POWER, type SiteProblem, valueAt } from '../problem.js';
import type { Machine } from './machine.js';

/** Less than this, kW, is arithmetic. */
const NOTHING = 1e-9;
/** Machines that feed each other settle within a few rounds, or go dark. */
const ROUNDS = 20;

interface OnBus {
  readonly bus?: string;
}

/** One slot of a site in which nobody decides anything: who runs, and who goes without. Of each bus but that of a live connection, what is asked for is there. */
export class SlotBalance {
  readonly unserved: number[];
  readonly used: number[];
  readonly tasks: number[];
  readonly #site: SiteProblem;
  readonly #slot: number;
  readonly #machines: readonly Machine[];
  /** Heat and cold before electricity: their machines take some. */
  readonly #buses: readonly string[];

  constructor(site: SiteProblem, slot: number, machines: readonly Machine[], tasks: readonly number[]) {
    this.#site = site;
    this.#slot = slot;
    this.#machines = machines;
    this.tasks = [...tasks];
    this.unserved = site.loads.map(() => 0);
    this.used = site.supplies.map(({ available_kw }) => valueAt(available_kw, slot));
    const flows = machines.flatMap(({ unit }) => [...unit.outputs, ...unit.inputs]);
    const named = [...site.loads, ...site.supplies, ...site.tasks, ...flows].map(({ bus = POWER }: OnBus) => bus);
    const others = [...new Set(named)].filter((bus) => bus !== POWER);
    this.#buses = isSupplied(site, slot) ? others : [...others, POWER];
  }

  settle(): void {
    for (const machine of this.#machines) machine.begin(this.#slot);
    // A chain of machines, from cold to heat to electricity, is as long as there are machines.
    for (let round = 0; round <= this.#machines.length; round += 1) for (const bus of this.#buses) this.#make(bus);
    for (let round = 0; round < ROUNDS; round += 1) {
      if (this.#buses.every((bus) => this.#isBalanced(bus))) return;
      for (const bus of this.#buses) this.#cut(bus);
    }
    this.#goDark();
  }

  /** kW asked for on a bus that nothing gives; below zero where there is too much. */
  #missing(bus: string): number {
    const { loads, supplies, tasks } = this.#site;
    const on = ({ bus: own = POWER }: OnBus): boolean => own === bus;
    let missing = 0;
    for (const [at, load] of loads.entries())
      if (on(load)) missing += valueAt(load.power_kw, this.#slot) - (this.unserved[at] ?? 0);
    for (const [at, task] of tasks.entries()) if (on(task)) missing += this.tasks[at] ?? 0;
    for (const [at, supply] of supplies.entries()) if (on(supply)) missing -= this.used[at] ?? 0;
    for (const { unit, level } of this.#machines)
      missing += level * (perKw(unit.inputs, bus) - perKw(unit.outputs, bus));
    return missing;
  }

  /** Too much heat or cold goes to the air. */
  #isBalanced(bus: string): boolean {
    const missing = this.#missing(bus);
    return missing <= NOTHING && (bus !== POWER || missing >= -NOTHING);
  }

  #make(bus: string): void {
    for (const machine of this.#machines) {
      const [missing, per] = [this.#missing(bus), perKw(machine.unit.outputs, bus)];
      if (per > 0 && missing > NOTHING) machine.run(machine.level + missing / per);
    }
  }

  /** Tasks go without first, then machines that take from the bus, then loads, the least tier first. What is too much is curtailed, then not made. */
  #cut(bus: string): void {
    const on = ({ bus: own = POWER }: OnBus): boolean => own === bus;
    for (const [at, task] of this.#site.tasks.entries())
      if (on(task)) this.tasks[at] = Math.max(0, (this.tasks[at] ?? 0) - Math.max(0, this.#missing(bus)));
    for (const machine of this.#machines) {
      const [missing, per] = [this.#missing(bus), perKw(machine.unit.inputs, bus)];
      if (per > 0 && missing > NOTHING) machine.lower(machine.level - missing / per);
    }
    const loads = [...this.#site.loads.entries()].filter(([, load]) => on(load));
    for (const [at, load] of loads.toSorted(([, a], [, b]) => rankOf(a) - rankOf(b))) {
      const more = Math.max(0, this.#missing(bus));
      this.unserved[at] = Math.min(valueAt(load.power_kw, this.#slot), (this.unserved[at] ?? 0) + more);
    }
    if (bus !== POWER) return;
    for (const [at, supply] of this.#site.supplies.entries())
      if (on(supply)) this.used[at] = Math.max(0, (this.used[at] ?? 0) - Math.max(0, -this.#missing(bus)));
    for (const machine of this.#machines) {
      const [missing, per] = [this.#missing(bus), perKw(machine.unit.outputs, bus)];
      if (per > 0 && missing < -NOTHING) machine.lower(machine.level + missing / per);
    }
  }

  #goDark(): void {
    const isDark = ({ bus = POWER }: OnBus): boolean => this.#buses.includes(bus);
    for (const machine of this.#machines) machine.lower(0);
    for (const [at, task] of this.#site.tasks.entries()) if (isDark(task)) this.tasks[at] = 0;
    for (const [at, supply] of this.#site.supplies.entries()) if (isDark(supply)) this.used[at] = 0;
    for (const [at, load] of this.#site.loads.entries())
      if (isDark(load)) this.unserved[at] = valueAt(load.power_kw, this.#slot);
  }
}

const perKw = (flows: readonly { readonly bus: string; readonly per_kw: number }[], bus: string): number =>
  flows.reduce((sum, flow) => sum + (flow.bus === bus ? flow.per_kw : 0), 0);

/** Who goes without first. */
const rankOf = ({ tier, shed_cost_per_kwh }: Load): number => {
  if (shed_cost_per_kwh !== undefined) return 0;
  return ['normal', 'broadcast', 'life_safety'].indexOf(tier) + 1;
};
