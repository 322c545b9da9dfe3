import type { EpochMs, Seconds } from '#libs/kernel';
import { describeTime } from './civil-words.js';
import type { Closure } from './closures.js';
import type { JoinedPlace } from './places.js';

/** So many stops that are left out are named, the rest only counted: a display is short. */
const NAMED_STOPS = 3;

interface Told {
  readonly line: string;
  readonly closures: readonly Closure[];
  readonly timeZone: string;
  /** The day that needs no date. */
  readonly at: EpochMs;
}

/** "Line C: +4 min via Oak Drive without Library, Alumni Drive closed until 18:00." */
export const describeDetour = (
  detour: Told & {
    readonly added: Seconds;
    /** Names of the roads that it takes now. */
    readonly via: readonly string[];
    readonly skipped: readonly JoinedPlace[];
  },
): string => {
  const { line, added, via, skipped } = detour;
  const way = via.length === 0 ? 'by another way' : `via ${via.join(' and ')}`;
  const left = skipped.map(({ place }) => place.name ?? `stop ${place.id}`);
  const more = left.length > NAMED_STOPS ? [`${left.length - NAMED_STOPS} more`] : [];
  const without = left.length === 0 ? '' : ` without ${[...left.slice(0, NAMED_STOPS), ...more].join(', ')}`;
  return `Line ${line}: ${describeAdded(added)} ${way}${without}, ${describeClosures(detour)}.`;
};

/** "Line C: cancelled, no way is left, Alumni Drive closed until 18:00." */
export const describeCancelled = (told: Told): string =>
  `Line ${told.line}: cancelled, no way is left, ${describeClosures(told)}.`;

const describeAdded = (added: Seconds): string => {
  const minutes = Math.round(added / 60);
  if (minutes === 0) return 'as long as before';
  return `${minutes > 0 ? '+' : '-'}${Math.abs(minutes)} min`;
};

const describeClosures = ({ closures, timeZone, at }: Told): string =>
  closures
    .map(({ name, until }) =>
      until === undefined
        ? `${name} closed until further notice`
        : `${name} closed until ${describeTime(until, timeZone, at)}`,
    )
    .join(', ');
