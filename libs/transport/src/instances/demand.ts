import type { Random } from '#libs/kernel';
import type { Group, Ride } from '../problem/problem.js';
import { drawBetween, roundTo } from './draws.js';
import type { Line } from './lines.js';
import { arrivalsAfter, arrivalsBefore, type Session } from './sessions.js';

/** Prices of an hour's waiting as evaluations of transport use them, with more for who must be there. */
export const GROUPS: readonly Group[] = [
  { id: 'spectators', waiting_cost_per_hour: 12, longest_wait_slots: 6, late_cost_per_hour: 12 },
  { id: 'workforce', waiting_cost_per_hour: 15, longest_wait_slots: 5, late_cost_per_hour: 20 },
  { id: 'media', waiting_cost_per_hour: 24, longest_wait_slots: 4, late_cost_per_hour: 30 },
  { id: 'officials', waiting_cost_per_hour: 30, longest_wait_slots: 3, late_cost_per_hour: 60 },
  { id: 'athletes', waiting_cost_per_hour: 40, longest_wait_slots: 2, late_cost_per_hour: 90 },
];

/** Of spectators, those who need an accessible place. */
const ACCESSIBLE_SHARE = 0.004;
/** Rides whose people are counted, not expected: whole numbers. */
const WHOLE_SHARE = 0.4;

interface Flow {
  readonly group: string;
  readonly from_stop: string;
  readonly to_stop: string;
  readonly accessible?: true;
  /** People who come in each slot. */
  readonly expected: readonly number[];
  readonly board_by_slot?: number;
}

/** The rides of a line, `share` of the venue's crowd among them. */
export const drawRides = (
  random: Random,
  line: Line,
  session: Session,
  share: number,
  slots: number,
): readonly Ride[] => {
  const [hub, venue] = [line.hub.id, line.venue.id];
  const steady = (from: number, to: number): readonly number[] => {
    const people = drawBetween(random, from, to);
    return new Array<number>(slots).fill(people);
  };
  const lastChance = session.startSlot === undefined ? undefined : session.startSlot - line.run;
  const boardBy = lastChance !== undefined && lastChance > 0 && lastChance < slots ? { board_by_slot: lastChance } : {};
  const crowd = session.crowd * share;
  const peakOut = lastChance === undefined ? [] : arrivalsBefore(lastChance, slots);
  const peakBack = session.end ? arrivalsAfter(session.end.slot, slots) : [];
  const plus = (base: readonly number[], peak: readonly number[], people: number): readonly number[] =>
    base.map((value, slot) => value + people * (peak[slot] ?? 0));
  const there = { from_stop: hub, to_stop: venue };
  const home = { from_stop: venue, to_stop: hub };
  const some = (chance: number, flows: () => readonly Flow[]): readonly Flow[] => (random() < chance ? flows() : []);
  const flows: readonly Flow[] = [
    { group: 'spectators', ...there, expected: plus(steady(0.5, 3), peakOut, crowd), ...boardBy },
    { group: 'spectators', ...home, expected: plus(steady(0.5, 3), peakBack, crowd) },
    { group: 'workforce', ...there, expected: plus(steady(0.3, 2), peakOut, crowd * 0.03), ...boardBy },
    { group: 'workforce', ...home, expected: plus(steady(0.3, 2), peakBack, crowd * 0.03) },
    ...some(0.3, () => [
      { group: 'media', ...there, expected: plus(steady(0.1, 0.6), peakOut, crowd * 0.02), ...boardBy },
      { group: 'media', ...home, expected: plus(steady(0.1, 0.6), peakBack, crowd * 0.02) },
    ]),
    ...some(0.15, () => [{ group: 'officials', ...there, expected: steady(0.05, 0.4), ...boardBy }]),
    ...some(0.25, () => [
      { group: 'athletes', ...there, expected: steady(0.2, 1), ...boardBy },
      { group: 'athletes', ...home, expected: steady(0.2, 1) },
    ]),
    ...some(0.4, () => [
      {
        group: 'spectators',
        ...home,
        accessible: true as const,
        expected: plus(steady(0.01, 0.1), peakBack, crowd * ACCESSIBLE_SHARE),
      },
    ]),
    ...line.between.flatMap(({ site }): readonly Flow[] => [
      { group: 'workforce', from_stop: hub, to_stop: site.id, expected: steady(0.2, 1) },
      { group: 'spectators', from_stop: site.id, to_stop: venue, expected: steady(0.2, 1.5) },
      { group: 'spectators', from_stop: site.id, to_stop: hub, expected: steady(0.2, 1.5) },
    ]),
  ];
  return flows.map(({ expected, ...flow }) => {
    const counted = random() < WHOLE_SHARE ? wholeNumbers : twoDigits;
    // Some wait already.
    const waiting = random() < 0.5 ? (expected[0] ?? 0) * drawBetween(random, 0, 3) : 0;
    const [before = 0, ...arrivals] = counted([waiting, ...expected]);
    return { line: line.id, ...flow, waiting: before, arrivals };
  });
};

const twoDigits = (people: readonly number[]): readonly number[] => people.map((value) => roundTo(value, 2));

/** The same people in whole numbers: what is left over of one slot comes in a later one. */
const wholeNumbers = (people: readonly number[]): readonly number[] => {
  let [expected, come] = [0, 0];
  return people.map((value) => {
    expected += value;
    const now = Math.floor(expected + 1e-9) - come;
    come += now;
    return now;
  });
};
