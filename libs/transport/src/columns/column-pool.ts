import type { StrandDepartures } from '../search/strand-planner.js';

/** One vehicle of a class that leaves on a trip number. */
export interface ClassDeparture {
  readonly vehicles: number;
  readonly trip: number;
}

/** All departures of a strand. */
export interface Column {
  readonly strand: number;
  readonly departures: readonly ClassDeparture[];
  /** To people, of counts and of driving the trips. */
  readonly cost: number;
}

/** Ways of driving each strand that were found, each once. */
export class ColumnPool {
  readonly #columns = new Map<string, Column>();

  /** The column of these departures; `costOf` is asked where they are new. */
  add(strand: number, departures: readonly ClassDeparture[], costOf: () => number): Column {
    const key = `${strand}|${departures
      .map(({ vehicles, trip }) => `${vehicles}:${trip}`)
      .sort()
      .join()}`;
    const known = this.#columns.get(key);
    if (known) return known;
    const column = { strand, departures, cost: costOf() };
    this.#columns.set(key, column);
    return column;
  }

  list(): readonly Column[] {
    return [...this.#columns.values()];
  }
}

/** Departures as people see them: the kinds that leave. */
export const kindsOf = (
  departures: readonly ClassDeparture[],
  kindOf: (vehicles: number) => number,
): StrandDepartures => {
  const kinds = new Map<number, number[]>();
  for (const { vehicles, trip } of departures) {
    const there = kinds.get(trip);
    if (there) there.push(kindOf(vehicles));
    else kinds.set(trip, [kindOf(vehicles)]);
  }
  return kinds;
};
