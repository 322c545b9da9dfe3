import type { Random } from '#libs/kernel';
import type { Pattern } from '#libs/transport';

/** Where a stop lies, degrees. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
}

/** A trip as it is really driven: a little faster or slower than its timetable, and longer at stops. */
export interface Drive {
  readonly trip: string;
  readonly pattern: Pattern;
  readonly departs: number;
  /** By call: when the vehicle arrives there, and when it leaves; epoch ms. */
  readonly calls: readonly { readonly arrives: number; readonly leaves: number }[];
}

/** Spread of running times about the timetable's: a coefficient of variation of 0.12 is usual for city buses (TCQSM). */
const RUNNING_SPREAD = 0.12;
const DWELL_MS = 15_000;
const DWELL_SPREAD_MS = 20_000;

/** How a trip goes. Never earlier than it was ordered to leave, and never faster than four fifths of the timetable's time between stops. */
export const driveTrip = (trip: string, pattern: Pattern, departs: number, random: Random): Drive => {
  const pace = 1 + RUNNING_SPREAD * (random() + random() + random() - 1.5) * 2;
  let at = departs;
  const calls = pattern.stops.map(({ offsetS }, index) => {
    const runS = index === 0 ? 0 : offsetS - (pattern.stops[index - 1]?.offsetS ?? 0);
    // Timetables hold the dwelling within their running times.
    const arrives = at + Math.max(0.8, pace) * Math.max(0, runS * 1000 - DWELL_MS);
    at = index === 0 ? departs : arrives + DWELL_MS + (random() - 0.5) * DWELL_SPREAD_MS;
    return { arrives: index === 0 ? departs : arrives, leaves: at };
  });
  return { trip, pattern, departs, calls };
};

/** Where a vehicle is on its drive: between calls `call` and `call + 1`, `share` of the way; share 0 is at the stop. */
export interface Progress {
  readonly call: number;
  readonly share: number;
}

/** Undefined before the departure. After the last call: there. */
export const progressAt = ({ calls }: Drive, now: number): Progress | undefined => {
  if (now < (calls[0]?.leaves ?? Infinity)) return undefined;
  const next = calls.findIndex(({ leaves }) => leaves > now);
  if (next === -1) return { call: calls.length - 1, share: 0 };
  const [from, to] = [calls[next - 1], calls[next]];
  if (!from || !to) return undefined;
  if (now >= to.arrives) return { call: next, share: 0 };
  return { call: next - 1, share: (now - from.leaves) / Math.max(1, to.arrives - from.leaves) };
};

const METRES_PER_DEGREE = (6_371_000 * Math.PI) / 180;

/** Noise of a GPS receiver between buildings, m. */
const GPS_NOISE_M = 8;

/** What a receiver shows that is at a place. */
export const receive = (at: Position, random: Random): Position => {
  const noise = () => ((random() + random() - 1) * GPS_NOISE_M) / METRES_PER_DEGREE;
  return { lat: round(at.lat + noise()), lon: round(at.lon + noise() / Math.cos((at.lat * Math.PI) / 180)) };
};

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
