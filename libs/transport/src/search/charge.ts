/** Energy taken by one vehicle in one slot. */
export interface Charge {
  readonly place: number;
  readonly slot: number;
  readonly kwh: number;
}
