import { boardableAt, type Boardable } from './boarding.js';
import type { Deadhead, DispatchProblem, PatternProblem, VehicleType } from './contract.js';

export interface Known<T> {
  readonly index: number;
  readonly value: T;
}

/** What the instance says, by name. Each lookup throws for a name that it does not know. */
export class Network {
  readonly #patterns: ReadonlyMap<string, Known<PatternProblem>>;
  /** By where they begin, then where they end. */
  readonly #deadheads: ReadonlyMap<string, ReadonlyMap<string, Known<Deadhead>>>;
  readonly #types: ReadonlyMap<string, VehicleType>;
  readonly #boardable: readonly ReturnType<typeof boardableAt>[];

  constructor(instance: DispatchProblem) {
    this.#patterns = new Map(instance.patterns.map((value, index) => [value.pattern, { index, value }]));
    const deadheads = new Map<string, Map<string, Known<Deadhead>>>();
    instance.deadheads.forEach((value, index) => {
      const from = deadheads.get(value.from_place) ?? new Map<string, Known<Deadhead>>();
      deadheads.set(value.from_place, from.set(value.to_place, { index, value }));
    });
    this.#deadheads = deadheads;
    this.#types = new Map(instance.vehicle_types.map((type) => [type.id, type]));
    this.#boardable = instance.patterns.map((pattern) => boardableAt(instance, pattern));
  }

  pattern(id: string): Known<PatternProblem> {
    return found(this.#patterns.get(id), 'pattern', id);
  }

  type(id: string): VehicleType {
    return found(this.#types.get(id), 'vehicle type', id);
  }

  deadhead(from: string, to: string): Known<Deadhead> {
    return found(this.findDeadhead(from, to), 'deadhead', `from ${from} to ${to}`);
  }

  findDeadhead(from: string, to: string): Known<Deadhead> | undefined {
    return this.#deadheads.get(from)?.get(to);
  }

  /** Who may board at a call, in tiers. */
  boardable({ index }: Known<PatternProblem>, call: number): readonly (readonly Boardable[])[] {
    return this.#boardable[index]?.[call] ?? [];
  }
}

const found = <T>(value: T | undefined, what: string, name: string): T => {
  if (value === undefined) throw new Error(`The instance has no ${what} ${name}.`);
  return value;
};
