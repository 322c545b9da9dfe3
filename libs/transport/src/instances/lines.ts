import type { Random } from '#libs/kernel';
import type { PatternProblem } from '../problem/problem.js';
import { drawBetween, drawOne, roundTo } from './draws.js';
import { type Geography, nearestTo, roadKm, type Site } from './geography.js';

/** What a pattern is before it has a timetable. */
export type Way = Pick<
  PatternProblem,
  'line' | 'pattern' | 'from_place' | 'to_place' | 'busy_slots' | 'km' | 'stops' | 'types'
>;

export interface Line {
  readonly id: string;
  readonly hub: Site;
  readonly venue: Site;
  /** Stops between hub and venue, with the slots from the hub. */
  readonly between: readonly { readonly site: Site; readonly offset: number }[];
  /** Slots from hub to venue, without layover. */
  readonly run: number;
  readonly out: Way;
  readonly back: Way;
  /** Express and short-turn patterns, out and back. */
  readonly extra: readonly Way[];
  /** Where short turns end. */
  readonly turns: readonly Site[];
}

/** Kilometres in a slot of five minutes: 30 km/h with stops. */
const LINE_KM_PER_SLOT = 30 / 12;
const LAYOVER_SLOTS = 1;
const LETTERS = ['a', 'b'];

/** Each venue has a line to its nearest hub, then one to the next hub, until there are enough lines. */
export const drawLines = (random: Random, { hubs, venues }: Geography, count: number): readonly Line[] =>
  Array.from({ length: count }, (_, index) => {
    const venue = venues[index % venues.length];
    const near = venue ? nearestTo(venue, hubs) : [];
    const hub = near[Math.floor(index / venues.length) % near.length];
    if (!hub || !venue) throw new Error(`Line ${index + 1} has no hub or no venue.`);
    return drawLine(random, `line-${index + 1}`, hub, venue);
  });

const drawLine = (random: Random, id: string, hub: Site, venue: Site): Line => {
  const km = roadKm(hub, venue);
  const run = Math.max(1, Math.ceil(km / LINE_KM_PER_SLOT));
  const parts = random() < 0.4 ? drawOne(random, [0.5], [0.3, 0.7]) : [];
  const between = parts.map((part, place) => ({
    site: {
      id: `${id}-${LETTERS[place] ?? place}`,
      x: hub.x + part * (venue.x - hub.x) + drawBetween(random, -0.5, 0.5),
      y: hub.y + part * (venue.y - hub.y) + drawBetween(random, -0.5, 0.5),
    },
    offset: Math.round(part * run),
  }));
  // A narrow road: no articulated buses.
  const types = random() < 0.15 ? { types: ['standard', 'electric'] } : {};
  const way = (name: string, calls: readonly Call[], roadLength: number): Way => {
    const [first, last] = [calls[0], calls.at(-1)];
    if (!first || !last) throw new Error(`Pattern ${name} of ${id} has no stops.`);
    return {
      line: id,
      pattern: `${id}-${name}`,
      from_place: first.stop,
      to_place: last.stop,
      busy_slots: last.offset_slots + LAYOVER_SLOTS,
      km: roundTo(roadLength, 2),
      stops: calls,
      ...types,
    };
  };
  const calls = [
    { stop: hub.id, offset_slots: 0 },
    ...between.map(({ site, offset }) => ({ stop: site.id, offset_slots: offset })),
    { stop: venue.id, offset_slots: run },
  ];
  const kind = drawExtra(random, between.length, run);
  const turn = between.at(-1);
  const direct = [
    { stop: hub.id, offset_slots: 0 },
    { stop: venue.id, offset_slots: run - 1 },
  ];
  const short = calls.slice(0, -1);
  const ways = (name: string, there: readonly Call[], roadLength: number): readonly Way[] => [
    way(`out-${name}`, there, roadLength),
    way(`back-${name}`, reversed(there), roadLength),
  ];
  return {
    id,
    hub,
    venue,
    between,
    run,
    out: way('out', calls, km),
    back: way('back', reversed(calls), km),
    extra:
      kind === 'express'
        ? ways('express', direct, km)
        : kind === 'short' && turn
          ? ways('short', short, roadKm(hub, turn.site))
          : [],
    turns: kind === 'short' && turn ? [turn.site] : [],
  };
};

type Call = PatternProblem['stops'][number];

/** An express saves a slot; a short turn ends at the last stop before the venue. */
const drawExtra = (random: Random, stopsBetween: number, run: number): 'express' | 'short' | undefined => {
  const drawn = random();
  if (stopsBetween === 0 || run < 3) return undefined;
  if (drawn < 0.35) return 'express';
  return drawn < 0.65 ? 'short' : undefined;
};

const reversed = (calls: readonly Call[]): readonly Call[] => {
  const length = calls.at(-1)?.offset_slots ?? 0;
  return calls.map(({ stop, offset_slots }) => ({ stop, offset_slots: length - offset_slots })).reverse();
};
