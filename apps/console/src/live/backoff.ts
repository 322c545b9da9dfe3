const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;

/** Wait before the next attempt after `failures` in a row (1 or more): 1, 2, 4, 8, then 15 seconds. */
export const waitAfter = (failures: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
