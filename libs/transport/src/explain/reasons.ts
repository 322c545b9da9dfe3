import type { DispatchProblem } from '../problem/problem.js';
import type { PlannedDispatch } from './planned-dispatch.js';

/** Why a line's departures change. */
export type Reason =
  /** People who come to the line, or wait for it, beyond what was known before; negative: fewer. */
  | { readonly kind: 'more_people'; readonly group: string; readonly passengers: number }
  /** As many people as before, but later on average; negative: earlier. */
  | { readonly kind: 'people_later'; readonly group: string; readonly passengers: number; readonly minutes: number }
  /** Vehicles that the plan before counted on and this one cannot. */
  | { readonly kind: 'vehicles_out'; readonly vehicles: readonly string[] }
  | { readonly kind: 'vehicles_back'; readonly vehicles: readonly string[] }
  /** The way takes longer or shorter. */
  | { readonly kind: 'running_time'; readonly minutes: number }
  /** People closed slots of the line, or opened them again. */
  | { readonly kind: 'closed' }
  /** People asked for departures. */
  | { readonly kind: 'asked'; readonly departures: number };

/** People below these are noise of a forecast that is made anew every minute. */
const NOTABLE_PEOPLE = 10;
const NOTABLE_SHARE = 0.1;
const NOTABLE_MINUTES = 5;

/** What differs between two problems that bears on a line: its people first, then its vehicles and its way. */
export const reasonsFor = (line: string, before: PlannedDispatch, after: PlannedDispatch): readonly Reason[] => [
  ...peopleReasons(line, before, after),
  ...wayReasons(line, before.problem, after.problem),
  ...vehicleReasons(before.problem, after.problem),
];

const peopleReasons = (line: string, before: PlannedDispatch, after: PlannedDispatch): readonly Reason[] =>
  after.problem.groups.flatMap(({ id: group }): readonly Reason[] => {
    const [from, to] = [
      Math.max(before.problem.grid.start, after.problem.grid.start),
      Math.min(endOf(before.problem), endOf(after.problem)),
    ];
    const known = gather(before, line, group, from, to);
    const seen = gather(after, line, group, from, to);
    const passengers = Math.round(seen.people - known.people);
    if (Math.abs(passengers) >= Math.max(NOTABLE_PEOPLE, NOTABLE_SHARE * known.people)) {
      return [{ kind: 'more_people', group, passengers }];
    }
    const minutes = Math.round((seen.meanMs - known.meanMs) / 60_000);
    return seen.people >= NOTABLE_PEOPLE && Math.abs(minutes) >= NOTABLE_MINUTES
      ? [{ kind: 'people_later', group, passengers: Math.round(seen.people), minutes }]
      : [];
  });

const endOf = ({ grid }: DispatchProblem): number => grid.start + grid.count * grid.slotMs;

/** People of a line and group who wait at `from`, by the plan where it began before, or come until `to`; and when on average. */
const gather = ({ problem, rides }: PlannedDispatch, line: string, group: string, from: number, to: number) => {
  const { grid } = problem;
  const passed = Math.max(0, Math.round((from - grid.start) / grid.slotMs));
  let [people, weighted] = [0, 0];
  const add = (count: number, at: number): void => {
    people += count;
    weighted += count * at;
  };
  for (const [index, ride] of problem.rides.entries()) {
    if (ride.line !== line || ride.group !== group) continue;
    add(passed === 0 ? ride.waiting : (rides[index]?.queue[passed - 1] ?? 0), from);
    for (let slot = passed; slot < grid.count; slot += 1) {
      const at = grid.start + (slot + 0.5) * grid.slotMs;
      if (at < to) add(ride.arrivals[slot] ?? 0, at);
    }
  }
  return { people, meanMs: people > 0 ? weighted / people : 0 };
};

const wayReasons = (line: string, before: DispatchProblem, after: DispatchProblem): readonly Reason[] => {
  const reasons: Reason[] = [];
  const own = after.patterns.filter((pattern) => pattern.line === line);
  const slotMinutes = after.grid.slotMs / 60_000;
  const longer = own.flatMap(({ pattern, busy_slots }) => {
    const known = before.patterns.find((one) => one.pattern === pattern);
    return known ? [(busy_slots - known.busy_slots) * slotMinutes] : [];
  });
  const minutes = longer.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
  if (minutes !== 0) reasons.push({ kind: 'running_time', minutes });
  if (closedSlots(after, line) !== closedSlots(before, line)) reasons.push({ kind: 'closed' });
  const departures = askedFor(after, line) - askedFor(before, line);
  if (departures > 0) reasons.push({ kind: 'asked', departures });
  return reasons;
};

const closedSlots = ({ patterns }: DispatchProblem, line: string): boolean =>
  patterns.some((pattern) => pattern.line === line && (pattern.most ?? []).some((most) => most !== null));

const askedFor = ({ patterns }: DispatchProblem, line: string): number =>
  patterns
    .filter((pattern) => pattern.line === line)
    .reduce((sum, { added = [] }) => sum + added.reduce((all, count) => all + count, 0), 0);

const vehicleReasons = (before: DispatchProblem, after: DispatchProblem): readonly Reason[] => {
  const [known, seen] = [before, after].map(({ vehicles }) => new Set(vehicles.map(({ id }) => id)));
  const out = [...(known ?? [])].filter((id) => !seen?.has(id));
  const back = [...(seen ?? [])].filter((id) => !known?.has(id));
  return [
    ...(out.length > 0 ? [{ kind: 'vehicles_out' as const, vehicles: out }] : []),
    ...(back.length > 0 ? [{ kind: 'vehicles_back' as const, vehicles: back }] : []),
  ];
};
