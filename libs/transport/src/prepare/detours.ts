import type { Pattern } from './patterns.js';
import type { PatternChange } from '../roads/apply-closures.js';

/** The way that a pattern takes while roads are closed: its own timetable, later by what the detours take longer, without stops that no open road serves. */
export const detourOf = (pattern: Pattern, change: PatternChange): Pattern | undefined => {
  if (change.kind === 'cancelled') return undefined;
  const skipped = new Set(change.skipped.map(({ place }) => place.id));
  const kept = pattern.stops.filter(({ stop }) => !skipped.has(stop));
  let later = 0;
  const stops = kept.map(({ stop, offsetS }, index) => {
    const before = kept[index - 1];
    const leg = before && change.legs.find(({ from, to }) => from.place.id === before.stop && to.place.id === stop);
    if (leg) later += leg.after.seconds - (leg.before?.seconds ?? offsetS - before.offsetS);
    return { stop, offsetS: Math.max(offsetS + later, 0) };
  });
  return kept.length < 2 ? undefined : { ...pattern, stops };
};

/** How patterns are driven now: otherwise than by the feed, or not at all. */
export type Ways = ReadonlyMap<string, Pattern | 'closed'>;

export const waysOf = (patterns: ReadonlyMap<string, Pattern>, changes: readonly PatternChange[]): Ways =>
  new Map(
    changes.flatMap((change) => {
      const pattern = patterns.get(change.pattern);
      return pattern ? [[change.pattern, detourOf(pattern, change) ?? ('closed' as const)] as const] : [];
    }),
  );
