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

/** At a stop is so near to it, m. */
const AT_STOP_M = 30;

/** What was passed from one sighting to the next, in order, at times by even speed between the two. The first stop is not arrived at, the last one not left. */
export const passagesBetween = ({ stops }: PatternPath, before: Sighting, after: Sighting): readonly Passage[] => {
  const within_ms = after.ts - before.ts;
  const [from, to] = [before.progressM, after.progressM];
  if (to <= from || within_ms <= 0) return [];
  const crossed = (placeM: number): number | undefined =>
    from < placeM && placeM <= to ? Math.round(before.ts + ((placeM - from) / (to - from)) * within_ms) : undefined;
  return stops.flatMap(({ atM }, stop): readonly Passage[] => {
    const arrival = stop === 0 ? undefined : crossed(atM - AT_STOP_M);
    const departure = stop === stops.length - 1 ? undefined : crossed(atM + AT_STOP_M);
    return [
      ...(arrival === undefined ? [] : [{ stop, kind: 'arrival', at_ms: arrival, within_ms } as const]),
      ...(departure === undefined ? [] : [{ stop, kind: 'departure', at_ms: departure, within_ms } as const]),
    ];
  });
};
