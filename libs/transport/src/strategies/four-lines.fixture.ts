import { buildTransitNetwork, type TransitPattern, type Walk } from './transit-network.js';

/** A pattern with its headway and its offsets in minutes; headway 0: nothing leaves. */
export const patternInMinutes = (
  pattern: string,
  headway: number,
  ...stops: readonly (readonly [string, number])[]
): TransitPattern => ({
  line: pattern,
  pattern,
  perHour: headway === 0 ? 0 : 60 / headway,
  stops: stops.map(([stop, offset]) => ({ stop, offsetS: offset * 60 })),
});

/**
 * The network of Spiess and Florian (1989): from A to B by line 1 directly in 25 minutes, or over X and Y. Their mean waits of 6, 6, 15 and 3 minutes are half of
 * the headways.
 */
export const fourLines: readonly TransitPattern[] = [
  patternInMinutes('1', 12, ['A', 0], ['B', 25]),
  patternInMinutes('2', 12, ['A', 0], ['X', 7], ['Y', 13]),
  patternInMinutes('3', 30, ['X', 0], ['Y', 4], ['B', 8]),
  patternInMinutes('4', 6, ['Y', 0], ['B', 10]),
];

export const networkOf = (patterns: readonly TransitPattern[], walks: readonly Walk[] = []) =>
  buildTransitNetwork({ patterns, walks, waitInHeadways: 0.5 });
