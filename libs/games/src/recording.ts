/** Equidistant rows of named columns that repeat for ever. Times are civil, as `toCivil` gives them. */
export interface Recording {
  readonly id: string;
  readonly startCivil: number;
  readonly stepMs: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Rows in each column; rows * stepMs is a whole number of weeks. */
  readonly rows: number;
}

export const recordingLengthMs = (recording: Recording): number => recording.rows * recording.stepMs;

/** The row shown at a civil time, shifted by whole recording lengths, and how far into that row it lies. */
export const rowAt = (recording: Recording, civil: number): { readonly row: number; readonly sinceMs: number } => {
  const length = recordingLengthMs(recording);
  const into = (((civil - recording.startCivil) % length) + length) % length;
  const row = Math.floor(into / recording.stepMs);
  return { row, sinceMs: into - row * recording.stepMs };
};

export const getColumn = (recording: Recording, column: string): Float64Array => {
  const values = recording.columns.get(column);
  if (!values) throw new Error(`The recording ${recording.id} has no column ${column}.`);
  return values;
};
