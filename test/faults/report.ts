import type { Counts } from './settle.js';

const COLUMNS = [
  'written',
  'acknowledged',
  'stored',
  'missing',
  'dropped',
  'duplicates',
  'strange',
  'rejected',
  'unpromised',
  'seconds',
] as const;

const WIDTH = 13;
const NAME_WIDTH = 46;

/**
 * A line a fault, as they come: written + acknowledged = stored + dropped + missing. `acknowledged` are the readings of foreign devices for which the broker sent a PUBACK;
 * `unpromised` those that are stored without one. `strange` are rows that nobody sent, or with another time.
 */
export class Report {
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  head(title: string): void {
    this.#print(`${title}\n${'fault'.padEnd(NAME_WIDTH)}${COLUMNS.map((name) => name.padStart(WIDTH)).join('')}`);
  }

  line(fault: string, counts: Counts, seconds: number): void {
    const values = { ...counts, seconds: Math.round(seconds) };
    const cells = COLUMNS.map((name) => String(values[name]).padStart(WIDTH));
    this.#print(`${fault.padEnd(NAME_WIDTH)}${cells.join('')}`);
  }
}
