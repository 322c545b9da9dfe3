import type { PatternPath } from './pattern-path.js';

/** A vehicle on its path at a moment. */
export interface Sighting {
  readonly ts: number;
  readonly progressM: number;
}

/** It reached or left a stop between two sightings. */
export interface Passage {
  readonly stop: number;
  readonly kind: 'arrival' | 'departure';
  readonly at_ms: number;
  /** Time between the two sightings: how far off `at_ms` may be. */
  readonly within_ms: number;
}

/** Noise of a vehicle that stands at a stop does not reach so far, m. */
const AT_STOP_M = 30;

/**
 * What was passed from one sighting to the next, in order, at times by even speed between the two; the last metres to a stop and the first ones from it are taken
 * to be driven at `paceMps`. The first stop is not arrived at, the last one not left.
 */
export const passagesBetween = (
  { stops }: PatternPath,
  before: Sighting,
  after: Sighting,
  paceMps: number,
): readonly Passage[] => {
  const marginMs = Math.round((AT_STOP_M / paceMps) * 1000);
  const within_ms = after.ts - before.ts;
  const [from, to] = [before.progressM, after.progressM];
  if (to <= from || within_ms <= 0) return [];
  const crossed = (placeM: number): number | undefined =>
    from < placeM && placeM <= to ? Math.round(before.ts + ((placeM - from) / (to - from)) * within_ms) : undefined;
  return stops.flatMap(({ atM }, stop): readonly Passage[] => {
    const arrival = stop === 0 ? undefined : crossed(atM - AT_STOP_M);
    const departure = stop === stops.length - 1 ? undefined : crossed(atM + AT_STOP_M);
    return [
      ...(arrival === undefined ? [] : [{ stop, kind: 'arrival', at_ms: arrival + marginMs, within_ms } as const]),
      ...(departure === undefined
        ? []
        : [{ stop, kind: 'departure', at_ms: departure - marginMs, within_ms } as const]),
    ];
  });
};
