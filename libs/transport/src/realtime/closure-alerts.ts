import type { PatternChange } from '../roads/apply-closures.js';
import type { ServiceAlert } from './contract.js';

/** What the public must know of closed roads: one alert for each pattern that goes another way or not at all. */
export const closureAlerts = (changes: readonly PatternChange[]): readonly ServiceAlert[] =>
  changes.map(({ line, pattern, kind, closures, skipped, words }) => ({
    id: `closure-${pattern}`,
    cause: 'other_cause',
    effect: kind === 'cancelled' ? 'no_service' : 'detour',
    severity: 'warning',
    periods: closures.map(({ from, until }) => ({ start_ms: from, ...(until !== undefined && { end_ms: until }) })),
    // The line by itself, and the stops that it leaves out.
    informs: [{ line }, ...[...new Set(skipped.map(({ place }) => place.id))].map((stop) => ({ line, stop }))],
    header: [{ text: words, language: 'en' }],
    description: [],
  }));
