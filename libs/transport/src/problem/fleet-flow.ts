/** What the vehicles of each class do, counted. Every array is full. */
export interface FleetFlow {
  /** Trips that leave: [class][pattern][slot]. */
  readonly trips: readonly (readonly (readonly number[])[])[];
  /** Deadheads that leave: [class][deadhead][slot]. */
  readonly deadheads: readonly (readonly (readonly number[])[])[];
  /** Vehicles called out: [class][place][slot]. Only of classes with a price for it. */
  readonly callOuts: readonly (readonly (readonly number[])[])[];
  /** Energy charged, kWh: [class][place][slot]. Only of watched classes. */
  readonly charged: readonly (readonly (readonly number[])[])[];
}
