import type { HeadwayAdvice } from './headways.js';

/** Vehicles that stand at a stop now, by stop. */
export type StandingAt = ReadonlyMap<string, ReadonlySet<string>>;

export interface HoldBounds {
  /** Vehicles that may stand at a stop; undefined: as many as come. */
  readonly baysOf: (stop: string) => number | undefined;
  /** Where a piece of advice is to be followed. */
  readonly stopOf: (advice: HeadwayAdvice) => string;
  readonly standing: StandingAt;
  /** What was advised before. */
  readonly before: readonly HeadwayAdvice[];
  readonly now: number;
}

/**
 * No more vehicles are held at a stop than it has bays, all lines together, less those that stand there for another reason. A hold under way goes on before a new one
 * begins, who stands there already comes before who is still to come, and then the longer hold.
 */
export const boundHolds = (
  advice: readonly HeadwayAdvice[],
  { baysOf, stopOf, standing, before, now }: HoldBounds,
): readonly HeadwayAdvice[] => {
  const running = new Set(
    before.flatMap((one) =>
      one.action === 'hold' && (one.until_ms ?? 0) > now ? [`${one.vehicle} ${stopOf(one)}`] : [],
    ),
  );
  const byStop = new Map<string, HeadwayAdvice[]>();
  for (const one of advice) {
    if (one.action !== 'hold' || baysOf(stopOf(one)) === undefined) continue;
    byStop.set(stopOf(one), [...(byStop.get(stopOf(one)) ?? []), one]);
  }
  const refused = new Set<HeadwayAdvice>();
  for (const [stop, holds] of byStop) {
    const there = standing.get(stop) ?? new Set<string>();
    const rankOf = ({ vehicle }: HeadwayAdvice): number =>
      (running.has(`${vehicle} ${stop}`) ? 0 : 2) + (there.has(vehicle) ? 0 : 1);
    const inTurn = holds.toSorted((a, b) => rankOf(a) - rankOf(b) || (b.until_ms ?? 0) - (a.until_ms ?? 0) || (a.vehicle < b.vehicle ? -1 : 1)); // prettier-ignore
    const held = new Set(holds.map(({ vehicle }) => vehicle));
    const others = [...there].filter((vehicle) => !held.has(vehicle)).length;
    for (const one of inTurn.slice(Math.max(0, (baysOf(stop) ?? 0) - others))) refused.add(one);
  }
  return advice.filter((one) => !refused.has(one));
};
