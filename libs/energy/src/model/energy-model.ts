import { slotDuration } from '#libs/kernel';
import {
  type Basis,
  type ConstraintLimits,
  type Names,
  SparseBuilder,
  type SparseModel,
  type VariableOptions,
} from '#libs/lp';
import { type EnergyProblem, POWER, type SiteProblem, type Tariff, valueAt } from '../problem.js';
import { type Limit, type Tier, TIERS } from './tiers.js';

/** A column that measures how far a limit is broken, in kW in a slot, or in kWh at its end. */
export interface ViolationColumn {
  readonly column: number;
  readonly tier: Tier;
  readonly limit: Limit;
  /** Site, feeder, connection, load, store or task: whose limit. */
  readonly at: string;
  readonly slot: number;
  /** kWh that a unit of it counts in its tier; hours for `min_up`. */
  readonly weight: number;
  /** What a unit of it costs while nobody knows whether a limit must be broken. */
  readonly price: number;
}

/** Whose limit a column is of, in any slot. */
type Violated = Omit<ViolationColumn, 'column' | 'price' | 'slot'>;

interface ViolationOptions {
  readonly upper?: number;
  readonly cost?: number;
}

/** A row whose dual people read: what one kW more of a limit would be worth. */
export interface LimitRow {
  readonly row: number;
  readonly limit: Limit;
  readonly at: string;
  readonly slot: number;
}

/** Each with its slot as its place, where it has one. */
export interface ModelNames {
  readonly columns: Names;
  readonly rows: Names;
}

/** Columns, one a slot; -1 where there is none. */
export type Columns = Int32Array;

/** Breaks ties in favour of doing nothing, as a share of the dearest kWh. */
const TIE = 1e-4;
/** What a kWh over a limit of the last tier costs while nobody knows whether one must be broken, in dearest kWh or kWh shed; of the one before twice as much, and so on. */
const OVER_LIMIT = 100;

/** Codes of `Basis`. */
const AT_LOWER = 0;
const BASIC = 1;
const FREE = 3;

/** A linear model in the making, to which each block of `docs/energy-model.md` adds its columns and rows. */
export class EnergyModel {
  readonly problem: EnergyProblem;
  readonly slots: number;
  /** Of a slot. */
  readonly hours: number;
  /** The most that a kWh bought, sold or made costs or earns; 1 where everything is free. */
  readonly dearest: number;
  /** Per kWh: breaks ties. */
  readonly tie: number;
  readonly violations: ViolationColumn[] = [];
  readonly limits: LimitRow[] = [];
  /** Rows that link sites with each other. */
  readonly couplings: number[] = [];
  readonly #builder = new SparseBuilder('energy');
  readonly #overLimit: number;
  /** Of the last violation. */
  #name = '';
  /** First balance row by site and bus. */
  readonly #buses = new Map<string, Map<string, number>>();
  /** Rows and the columns that carry them at the start. */
  readonly #carries: (readonly [row: number, column: number])[] = [];

  constructor(problem: EnergyProblem) {
    this.problem = problem;
    this.slots = problem.grid.count;
    this.hours = slotDuration(problem.grid) / 3600;
    this.dearest = dearestKwh(problem);
    this.tie = TIE * this.dearest;
    this.#overLimit = OVER_LIMIT * Math.max(this.dearest, dearestShed(problem));
    for (const site of problem.sites) {
      const buses = new Map<string, number>();
      for (const [bus, kw] of demandOf(problem, site)) buses.set(bus, this.#addBus(site.site, bus, kw));
      this.#buses.set(site.site, buses);
    }
  }

  addColumn(name: string, options: VariableOptions = {}, slot?: number): number {
    return this.#builder.addColumn(name, options, slot);
  }

  /** One column a slot, where `options` gives any. */
  addColumns(name: string, options: (slot: number) => VariableOptions | undefined): Columns {
    const columns = new Int32Array(this.slots).fill(-1);
    for (let slot = 0; slot < this.slots; slot += 1) {
      const own = options(slot);
      if (own) columns[slot] = this.#builder.addColumn(name, own, slot);
    }
    return columns;
  }

  /** A column that is zero while a limit holds. `cost`: what it costs beside being a violation, per kW in a slot or per kWh. `weight`: kWh. */
  addViolation(
    of: Omit<ViolationColumn, 'column' | 'price'>,
    { upper = Infinity, cost = 0 }: ViolationOptions = {},
  ): number {
    return this.#addViolation(of, of.slot, upper, cost);
  }

  /** One a slot, where `options` gives any. */
  addViolations(of: Violated, options: (slot: number) => ViolationOptions | undefined): Columns {
    const columns = new Int32Array(this.slots).fill(-1);
    for (let slot = 0; slot < this.slots; slot += 1) {
      const own = options(slot);
      if (own) columns[slot] = this.#addViolation(of, slot, own.upper ?? Infinity, own.cost ?? 0);
    }
    return columns;
  }

  #addViolation({ tier, limit, at, weight }: Violated, slot: number, upper: number, cost: number): number {
    const price = this.#overLimit * weight * (TIERS.length - TIERS.indexOf(tier));
    const column = this.#builder.addColumn(this.#nameOf(limit, at), { upper, cost: cost + price }, slot);
    this.violations.push({ column, tier, limit, at, slot, weight, price });
    return column;
  }

  /** The slots of a limit come one after the other: their name is made once. */
  #nameOf(limit: Limit, at: string): string {
    const last = this.violations[this.violations.length - 1];
    if (last?.limit !== limit || last.at !== at) this.#name = `${limit} ${at}`;
    return this.#name;
  }

  addRow(name: string, limits: ConstraintLimits, slot?: number): number {
    return this.#builder.addRow(name, limits, slot);
  }

  /** Adds to the coefficient of a column in a row; nothing where there is no column. */
  addEntry(row: number, column: number | undefined, coefficient: number): void {
    if (column !== undefined && column >= 0 && coefficient !== 0) this.#builder.addEntry(row, column, coefficient);
  }

  /** A column's kW come to a site's bus, or leave it where `perKw` is negative. */
  feed(site: string, bus: string | undefined, slot: number, column: number | undefined, perKw: number): void {
    this.addEntry(this.balance(site, bus, slot), column, perKw);
  }

  /** The row in which what comes to a site's bus is what leaves it. */
  balance(site: string, bus: string | undefined, slot: number): number {
    const first = this.#buses.get(site)?.get(bus ?? POWER);
    if (first === undefined) throw new Error(`Site ${site} has no bus ${bus ?? POWER}.`);
    return first + slot;
  }

  /** At the start the column takes what the row leaves; the first that is named does. */
  carry(row: number, column: number | undefined): void {
    if (column !== undefined && column >= 0) this.#carries.push([row, column]);
  }

  addConstant(value: number): void {
    this.#builder.addConstant(value);
  }

  build(): SparseModel {
    return this.#builder.build();
  }

  get names(): ModelNames {
    return { columns: this.#builder.columnNames, rows: this.#builder.rowNames };
  }

  /** The vertex at which nobody decides anything: connections carry what is asked for, stores hold what they hold. Not always feasible, but far nearer to a plan than all rows loose. */
  start({ arrays }: SparseModel): Basis {
    const rows = new Int32Array(arrays.rowLower.length).fill(BASIC);
    const columns = new Int32Array(arrays.lower.length).fill(AT_LOWER);
    for (let column = 0; column < columns.length; column += 1)
      if (arrays.lower[column] === -Infinity) columns[column] = FREE;
    for (const [row, column] of this.#carries) {
      if (rows[row] !== BASIC) continue;
      rows[row] = AT_LOWER;
      columns[column] = BASIC;
    }
    return { columns, rows };
  }

  /** Heat and cold may be let go: a machine at its least level, or one that makes two things at once, gives what nobody asks for. */
  #addBus(site: string, bus: string, demand: readonly number[]): number {
    const limits = (kw: number) => (bus === POWER ? { equal: kw } : { lower: kw });
    const name = `balance ${site} ${bus}`;
    const rows = demand.map((kw, slot) => this.#builder.addRow(name, limits(kw), slot));
    return rows[0] ?? 0;
  }
}

/** kW asked for by bus. */
const demandOf = ({ grid }: EnergyProblem, site: SiteProblem): ReadonlyMap<string, readonly number[]> => {
  const demand = new Map<string, number[]>();
  const of = (bus: string = POWER): number[] => {
    const known = demand.get(bus) ?? new Array<number>(grid.count).fill(0);
    demand.set(bus, known);
    return known;
  };
  of(POWER);
  for (const { bus } of [...site.supplies, ...site.stores, ...site.tasks]) of(bus);
  for (const { bus } of site.units.flatMap(({ inputs, outputs }) => [...inputs, ...outputs])) of(bus);
  for (const { bus, power_kw } of site.loads) {
    const kw = of(bus);
    for (let slot = 0; slot < grid.count; slot += 1) kw[slot] = (kw[slot] ?? 0) + valueAt(power_kw, slot);
  }
  return demand;
};

/** Import price and carbon in a slot, per kWh. */
export const importCost = (problem: Pick<EnergyProblem, 'carbon_price_per_kg'>, tariff: Tariff, slot: number): number =>
  valueAt(tariff.import_price_per_kwh, slot) + valueAt(tariff.carbon_kg_per_kwh, slot) * problem.carbon_price_per_kg;

const tariffsOf = ({ feeders, sites }: EnergyProblem): readonly Tariff[] => [
  ...feeders.flatMap(({ tariff }) => tariff ?? []),
  ...sites.flatMap(({ connections }) => connections.map(({ tariff }) => tariff)),
];

const dearestKwh = (problem: EnergyProblem): number => {
  let most = 0;
  const hear = (price: number): void => {
    most = Math.max(most, Math.abs(price));
  };
  for (const tariff of tariffsOf(problem)) {
    for (let slot = 0; slot < problem.grid.count; slot += 1) {
      hear(importCost(problem, tariff, slot));
      hear(valueAt(tariff.export_price_per_kwh, slot));
    }
  }
  for (const { units, supplies } of problem.sites) {
    for (const { cost_per_kwh, fuel } of units) hear(cost_per_kwh + (fuel ? dearestFuel(fuel, problem) : 0));
    for (const { cost_per_kwh = 0 } of supplies) hear(cost_per_kwh);
  }
  const wear = Math.max(
    0,
    ...problem.sites.flatMap(({ stores }) => stores.map(({ wear_cost_per_kwh }) => wear_cost_per_kwh)),
  );
  return most + wear || 1;
};

const dearestShed = ({ sites }: EnergyProblem): number =>
  Math.max(0, ...sites.flatMap(({ loads }) => loads.map(({ shed_cost_per_kwh = 0 }) => shed_cost_per_kwh)));

type Fuel = NonNullable<SiteProblem['units'][number]['fuel']>;

/** Price of a unit of fuel, carbon included. */
export const fuelPrice = (
  { price, carbon_kg }: Fuel,
  { carbon_price_per_kg }: Pick<EnergyProblem, 'carbon_price_per_kg'>,
): number => price + carbon_kg * carbon_price_per_kg;

const dearestFuel = (fuel: Fuel, problem: EnergyProblem): number => {
  const steepest = fuel.curve.reduce((most, [kw, burnt], at) => {
    const before = fuel.curve[at - 1];
    return before ? Math.max(most, (burnt - before[1]) / (kw - before[0])) : most;
  }, 0);
  return steepest * fuelPrice(fuel, problem);
};
