/** Equidistant rows of named columns that repeat for ever. Times are civil, as `toCivil` gives them. */
export interface Recording {
  readonly id: string;
  readonly startCivil: number;
  readonly stepMs: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Rows in each column; rows * stepMs is a whole number of weeks. */
  readonly rows: number;
}
