import type { PlannedTrip } from '../day-feed/day-trip.js';
import { groupBy } from '../day-feed/group-by.js';
import { tripEnd } from '../day-feed/plan-trips.js';
import { formatTime } from '../day-feed/service-time.js';
import type { ServiceAlert } from './contract.js';
import { type ChangeWords, changeWords, translate } from './phrases.js';
import { tripRef } from './trip-ref.js';

/** So many departures are named by their time; after that their number is said. */
const NAMED_TIMES = 6;

/** What the public must know of a line: which of its announced departures do not run, and which run besides. One alert for each line and kind. */
export const tripAlerts = (
  trips: readonly PlannedTrip[],
  lineName: (line: string) => string,
): readonly ServiceAlert[] => [
  ...alertsOf(trips, 'canceled', lineName, (changed, line) => ({
    effect: changed.length === line.length ? 'no_service' : 'reduced_service',
    severity: 'warning',
    words: changeWords.canceled,
  })),
  ...alertsOf(trips, 'added', lineName, () => ({
    effect: 'additional_service',
    severity: 'info',
    words: changeWords.added,
  })),
];

interface Manner extends Required<Pick<ServiceAlert, 'effect' | 'severity'>> {
  readonly words: ChangeWords;
}

const alertsOf = (
  trips: readonly PlannedTrip[],
  status: 'canceled' | 'added',
  lineName: (line: string) => string,
  mannerOf: (changed: readonly PlannedTrip[], line: readonly PlannedTrip[]) => Manner,
): readonly ServiceAlert[] =>
  [...groupBy(trips, ({ line }) => line)].flatMap(([line, all]): readonly ServiceAlert[] => {
    const changed = all.filter((trip) => trip.status === status);
    const [first] = changed;
    if (!first) return [];
    const { effect, severity, words } = mannerOf(changed, all);
    const said = { line: lineName(line), count: changed.length, times: timesOf(changed) };
    return [
      {
        id: `${status}-${line}`,
        cause: 'other_cause',
        effect,
        severity,
        periods: [{ end_ms: Math.max(...changed.map(tripEnd)) }],
        informs: changed.map((trip) => ({ line, trip: tripRef(trip) })),
        header: translate(words.header, said),
        description: translate(words.description, said),
      },
    ];
  });

const timesOf = (trips: readonly PlannedTrip[]): string => {
  const times = trips.map(({ start_s }) => formatTime(start_s % 86_400).slice(0, 5));
  return times.length <= NAMED_TIMES ? times.join(', ') : `${times.slice(0, NAMED_TIMES).join(', ')}, …`;
};
