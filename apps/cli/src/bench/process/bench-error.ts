/** A bench that cannot be run or did not come out right; the message is one line for people. */
export class BenchError extends Error {}
