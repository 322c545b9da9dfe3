/**
 * Exact cost to passengers of the departures of one strand. Places are given per pattern (its position in the strand) and departure; a departure is
 * numbered slot of departure + `lead`, so that those under way, which left before the horizon, have numbers too.
 */
export interface LineCosts {
  readonly lead: number;
  /** Cost of the places given last to `rebase`. */
  readonly cost: number;
  /** Takes the places in `capacity` and `accessible` as the base that `change` compares with. */
  rebase(): number;
  /** Places of each departure, of the base: pattern x departures + departure. Written by the owner, before `rebase`. */
  readonly capacity: Float64Array;
  readonly accessible: Float64Array;
  /**
   * What the cost changes when the departure of `pattern` in `slot` has so many more places (negative: less), and, unless `otherSlot` is -1,
   * the one in `otherSlot` so many less. The base stays.
   */
  change(pattern: number, slot: number, otherSlot: number, capacity: number, accessible: number): number;
}
