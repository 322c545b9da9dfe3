/** A variable of a linear model: `lower <= x <= upper`, with its price in the objective. */
export interface Variable {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
  readonly cost: number;
  readonly integer: boolean;
}

/** `lower <= sum of coefficient * variable <= upper`. Terms name variables by index; each variable occurs once. */
export interface Constraint {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
  readonly terms: readonly (readonly [variable: number, coefficient: number])[];
}

/** A linear or mixed-integer model in names, to be minimised. */
export interface LinearModel {
  readonly name: string;
  readonly variables: readonly Variable[];
  readonly constraints: readonly Constraint[];
  /** Added to the objective. */
  readonly constant: number;
}
