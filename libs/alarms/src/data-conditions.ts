import type { Condition } from './condition.js';
import type { AlarmInputs } from './inputs.js';
import { READINGS_STALE_SECONDS } from './staleness.js';

/** A clock that is further off than this is wrong; it is right again from a sixth less. */
const CLOCK_WRONG_SECONDS = 30;
const CLOCK_CLEARS_SECONDS = 25;
const NAMED = 3;

const group = <T extends { readonly venue: string }>(items: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const byVenue = new Map<string, T[]>();
  for (const item of items) byVenue.set(item.venue, [...(byVenue.get(item.venue) ?? []), item]);
  return byVenue;
};

const skewText = (seconds: number): string => {
  const size = Math.abs(seconds);
  const amount = size < 120 ? `${size.toFixed(0)} s` : `${(size / 60).toFixed(0)} min`;
  return `${amount} ${seconds > 0 ? 'ahead' : 'behind'}`;
};

/** One a venue: a wrong time server there makes all its clocks wrong. */
const clocks = ({ clocks, speed }: AlarmInputs): readonly Condition[] => {
  const scale = Math.max(1, speed);
  const wrong = clocks.filter(({ skew_seconds }) => Math.abs(skew_seconds) > CLOCK_CLEARS_SECONDS * scale);
  return [...group(wrong)].flatMap(([venue, found]) => {
    const [worst] = found.toSorted((a, b) => Math.abs(b.skew_seconds) - Math.abs(a.skew_seconds));
    if (!worst) return [];
    const { id, venue_name, skew_seconds } = worst;
    return [
      {
        id: `clock_wrong:${venue}`,
        priority: 'medium',
        text:
          found.length === 1
            ? `The clock of ${id} at ${venue_name} is ${skewText(skew_seconds)}.`
            : `${found.length} clocks at ${venue_name} are wrong; that of ${id} is ${skewText(skew_seconds)}.`,
        advice: 'Its readings are kept as uncertain, at times that are not true: see to its time server (NTP).',
        raises: Math.abs(skew_seconds) > CLOCK_WRONG_SECONDS * scale,
      },
    ];
  });
};

const losses = ({ losses }: AlarmInputs): readonly Condition[] =>
  losses.map(({ venue, venue_name, id, readings }) => ({
    id: `readings_given_up:${venue}:${id}`,
    priority: 'medium',
    text: `Gateway ${id} of ${venue_name} gave up ${readings} ${readings === 1 ? 'reading' : 'readings'}: its buffer was full.`,
    advice: 'They are lost, and the record has a gap. See to its network, or give its buffer more room.',
    raises: true,
  }));

/** One a venue, and none where nothing at all comes: that is another alarm. */
const points = ({ points, readings }: AlarmInputs): readonly Condition[] => {
  const unseen = new Set(
    readings.flatMap(({ venue, age_seconds }) =>
      age_seconds === null || age_seconds > READINGS_STALE_SECONDS ? [venue] : [],
    ),
  );
  return points
    .filter(({ venue, stale }) => stale.length > 0 && !unseen.has(venue))
    .map(({ venue, venue_name, total, stale }) => {
      const named = stale.slice(0, NAMED).join(', ');
      const others = stale.length > NAMED ? ` and ${stale.length - NAMED} more` : '';
      return {
        id: `points_stale:${venue}`,
        priority: 'low',
        text: `${stale.length} of ${total} points of ${venue_name} are stale while their gateway is online: ${named}${others}.`,
        advice: 'What is shown of them is old: see to their meters and cabling. The page Devices has each one.',
        raises: true,
      };
    });
};

/** What is wrong with the data while it comes. */
export const dataConditions = (inputs: AlarmInputs): readonly Condition[] => [
  ...losses(inputs),
  ...clocks(inputs),
  ...points(inputs),
];
