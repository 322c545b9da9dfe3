/** A minute of a recorded step. `0 <= minute < minutes`; `row` is the step's number in its recording. */
export interface MinuteOfStep {
  readonly minute: number;
  readonly minutes: number;
  readonly row: number;
}

/**
 * A step's count shared out to its minutes in whole people, as evenly as whole people go; over the step they sum to the count.
 * Bresenham's line: minute k gets floor(((k + 1) n + p) / m) - floor((k n + p) / m) of n people over m minutes. The phase p
 * differs from row to row, so that a single person does not always come in the step's last minute. `count` is whole.
 */
export const spreadMinute = (count: number, { minute, minutes, row }: MinuteOfStep): number => {
  const phase = (row * 7) % minutes;
  return Math.floor(((minute + 1) * count + phase) / minutes) - Math.floor((minute * count + phase) / minutes);
};
