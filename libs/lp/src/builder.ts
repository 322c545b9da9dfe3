import type { Constraint, LinearModel, Variable } from './model.js';

/** Defaults: 0 <= x, no upper bound, cost 0, continuous. */
export interface VariableOptions {
  readonly lower?: number;
  readonly upper?: number;
  readonly cost?: number;
  readonly integer?: boolean;
}

/** Sides left out are open; `equal` is both at once. */
export type ConstraintLimits = { readonly lower?: number; readonly upper?: number } | { readonly equal: number };

export type Term = readonly [variable: number, coefficient: number];

/** Builds a LinearModel by name. A repeated name, a number that is not finite where it must be, or crossed bounds throw an Error with name and value. */
export class ModelBuilder {
  readonly #name: string;
  readonly #variables: Variable[] = [];
  readonly #constraints: Constraint[] = [];
  readonly #variableNames = new Set<string>();
  readonly #constraintNames = new Set<string>();
  #constant = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Returns the variable's index, which names it in terms and in `LinearValues.values`. */
  addVariable(name: string, options: VariableOptions = {}): number {
    const { lower = 0, upper = Infinity, cost = 0, integer = false } = options;
    this.#claim(this.#variableNames, 'variable', name);
    this.#requireFinite('cost of variable', name, cost);
    this.#requireBounds('variable', name, lower, upper);
    return this.#variables.push({ name, lower, upper, cost, integer }) - 1;
  }

  /** Terms on the same variable are merged, those that cancel are dropped. Returns the constraint's index, its place in `LinearValues.duals`. */
  addConstraint(name: string, limits: ConstraintLimits, terms: readonly Term[]): number {
    const { lower = -Infinity, upper = Infinity } =
      'equal' in limits ? { lower: limits.equal, upper: limits.equal } : limits;
    this.#claim(this.#constraintNames, 'constraint', name);
    this.#requireBounds('constraint', name, lower, upper);
    return this.#constraints.push({ name, lower, upper, terms: this.#merge(name, terms) }) - 1;
  }

  /** Adds to the objective, whatever the variables are. */
  addConstant(value: number): void {
    this.#requireFinite('constant of', this.#name, value);
    this.#constant += value;
  }

  build(): LinearModel {
    return {
      name: this.#name,
      variables: [...this.#variables],
      constraints: [...this.#constraints],
      constant: this.#constant,
    };
  }

  #merge(name: string, terms: readonly Term[]): readonly Term[] {
    const sums = new Map<number, number>();
    for (const [variable, coefficient] of terms) {
      if (!this.#variables[variable]) {
        throw new Error(`Constraint ${name} names variable ${variable}; the model has ${this.#variables.length}.`);
      }
      this.#requireFinite(`coefficient of ${this.#variables[variable].name} in constraint`, name, coefficient);
      sums.set(variable, (sums.get(variable) ?? 0) + coefficient);
    }
    return [...sums].filter(([, coefficient]) => coefficient !== 0);
  }

  #claim(names: Set<string>, kind: string, name: string): void {
    if (names.has(name)) throw new Error(`There is already a ${kind} ${name} in model ${this.#name}.`);
    names.add(name);
  }

  #requireFinite(what: string, name: string, value: number): void {
    if (!Number.isFinite(value)) throw new Error(`The ${what} ${name} must be finite, not ${value}.`);
  }

  #requireBounds(kind: string, name: string, lower: number, upper: number): void {
    if (Number.isNaN(lower) || lower === Infinity) throw new Error(`The lower bound of ${kind} ${name} is ${lower}.`);
    if (Number.isNaN(upper) || upper === -Infinity) throw new Error(`The upper bound of ${kind} ${name} is ${upper}.`);
    if (lower > upper) throw new Error(`The bounds of ${kind} ${name} cross: ${lower} > ${upper}.`);
  }
}
