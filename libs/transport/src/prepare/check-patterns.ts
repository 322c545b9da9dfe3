import type { Pack, PackPattern } from '#libs/games';
import { type Fault, showValue } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import { findBase } from './pack-patterns.js';
import { type Pattern, patternsOf } from './patterns.js';

/** What is wrong with the short turns and expresses that a pack allows, against its feed. */
export const checkPatterns = ({ transport }: Pick<Pack, 'transport'>, feed: Feed): readonly Fault[] => {
  const patterns = patternsOf(feed);
  return transport.lines.flatMap(({ id: line, patterns: own = [] }, index) =>
    own.flatMap((extra, place): readonly Fault[] => {
      const path = `lines[${index}].patterns[${place}]`;
      const fault = (below: string, value: unknown, rule: string, message: string): Fault => ({
        file: 'transport.yaml',
        path: `${path}.${below}`,
        value: showValue(value),
        rule,
        message,
      });
      const taken = patterns.some(({ id }) => id === extra.id)
        ? [fault('id', extra.id, 'pattern_id_taken', 'The feed has a pattern of this name. Give it another.')]
        : [];
      const unknown = extra.calls.flatMap((stop, call) =>
        feed.stops.has(stop)
          ? []
          : [fault(`calls[${call}]`, stop, 'unknown_stop', 'Calls must be stop_ids of the feed.')],
      );
      // Of a line that the feed lacks that is said already.
      if (unknown.length > 0 || !patterns.some((pattern) => pattern.line === line)) return [...taken, ...unknown];
      const wrong = judgeCalls(patterns, line, extra);
      return [...taken, ...(wrong ? [fault('calls', extra.calls.join(' -> '), ...wrong)] : [])];
    }),
  );
};

const judgeCalls = (
  patterns: readonly Pattern[],
  line: string,
  extra: PackPattern,
): readonly [rule: string, message: string] | undefined => {
  const base = findBase(patterns, line, extra);
  if (!base) return ['not_in_order', `Line ${line} must call at these stops in this order.`];
  const { stops } = base.pattern;
  const whole = (pattern: Pattern): boolean =>
    pattern.line === line && pattern.stops.map(({ stop }) => stop).join('\n') === extra.calls.join('\n');
  if (patterns.some(whole)) return ['same_pattern', 'The feed has this pattern. Leave some of its stops out.'];
  const isInside = base.at[0] === 0 && base.at.at(-1) === stops.length - 1;
  if (extra.kind === 'express')
    return isInside ? undefined : ['express_ends', `An express must begin and end where line ${line} does.`];
  const gaps = base.at.slice(1).filter((at, index) => at > (base.at[index] ?? 0) + 1).length;
  const ends = (base.at[0] === 0 ? 0 : 1) + (base.at.at(-1) === stops.length - 1 ? 0 : 1);
  return gaps + ends === 1
    ? undefined
    : ['one_stretch', 'A short turn must leave out one stretch of stops: at its start, at its end, or where it turns.'];
};
