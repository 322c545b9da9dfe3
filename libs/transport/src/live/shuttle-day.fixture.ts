import { epochMs, MINUTE_MS, seededRandom } from '#libs/kernel';
import { circuit, type DrivenCall, driveCalls, fixAt, gaussians } from './driven-trip.fixture.js';
import { callName, type ExpectedBoardings } from './expected-boardings.js';
import type { PositionReport } from './follow-vehicle.js';
import type { LivePicture } from './live-picture.js';
import { LiveBoard } from './live-board.js';
import type { PredictionOutcome } from './promise-book.js';
import type { OrderedTrip } from './trip-plan.js';

const START = epochMs(1_767_700_000_000);
const SLOT_MS = 5 * MINUTE_MS;

export interface ShuttleDay {
  readonly seed: number;
  readonly vehicles: number;
  /** Trips of each. */
  readonly trips: number;
  /** From one trip of a vehicle to its next, ms: the circuit takes about 20 minutes. */
  readonly everyMs: number;
  readonly intervalS: number;
  readonly noiseM: number;
  /** Event seconds in a wall second. */
  readonly speed?: number;
  /** Crowds wait at some stops: so many people at most. Absent: calls do not go by who boards. */
  readonly crowds?: number;
  /** The board is told whom to expect; how many come it is not. */
  readonly told?: boolean;
}

export interface DrivenShuttle {
  readonly trip: OrderedTrip;
  readonly calls: readonly DrivenCall[];
  /** People expected at each call; half of the calls have none. */
  readonly expected: readonly number[];
}

/**
 * Shuttles on the circuit whose drives the board has not seen: each leg has a pace of its own that the timetable does not know, drivers differ by 8 %, legs vary by 12 %,
 * calls last 10 to 60 s, or with crowds 10 s and 2.5 s for each who comes. A vehicle that is late at its first stop leaves late.
 */
export const shuttlesOf = ({ seed, vehicles, trips, everyMs, crowds }: ShuttleDay): readonly DrivenShuttle[] => {
  const random = seededRandom(seed);
  const coming = seededRandom(seed + 2_000);
  const normal = (): number => gaussians(random)[0];
  const pattern = circuit();
  const legs = pattern.times.map(() => 0.85 + 0.45 * random());
  return Array.from({ length: vehicles }, (_, index) => index).flatMap((index) => {
    let free = 0;
    return Array.from({ length: trips }, (__, round): DrivenShuttle => {
      const departs_ms = START + (index / vehicles + round) * everyMs;
      const driver = Math.max(0.7, 1 + 0.08 * normal());
      const expected = pattern.times.map(() =>
        crowds === undefined || coming() < 0.5 ? 0 : Math.round(crowds * coming()),
      );
      const came = expected.map((people) => Math.max(0, people + Math.sqrt(people) * gaussians(coming)[0]));
      const calls = driveCalls(pattern, {
        departs_ms: Math.max(departs_ms + 10_000 * random(), free),
        ratioOf: (leg) => (legs[leg] ?? 1) * driver * Math.max(0.5, 1 + 0.12 * normal()),
        dwellOf: (stop) =>
          crowds === undefined ? Math.min(60, Math.max(10, 22 + 10 * normal())) : 10 + 2.5 * (came[stop] ?? 0),
      });
      free = (calls.at(-1)?.arrives_ms ?? 0) + 60_000;
      const vehicle = `bus-${index + 1}`;
      return { trip: { line: 'A', pattern: 'A-1', departs_ms, vehicle }, calls, expected };
    });
  });
};

export interface BoardMomentSeen {
  readonly now: number;
  readonly picture: LivePicture;
  readonly outcomes: readonly PredictionOutcome[];
}

/** Drives the day past a board, which sees positions only, and hands out each moment. */
export const watchDay = (day: ShuttleDay, see: (moment: BoardMomentSeen) => void): LiveBoard => {
  const pattern = circuit();
  const shuttles = shuttlesOf(day);
  const random = seededRandom(day.seed + 1_000);
  const fleet = new Map(shuttles.map(({ trip }) => [trip.vehicle, 40]));
  const board = new LiveBoard({
    fleet,
    patternOf: (name) => (name === 'A-1' ? pattern : undefined),
    hourOf: (ms) => Math.floor(ms / (60 * MINUTE_MS)) % 24,
    layoverS: 60,
  });
  const end = Math.max(...shuttles.map(({ calls }) => calls.at(-1)?.arrives_ms ?? 0));
  const orders = shuttles.map(({ trip }) => trip);
  const boardings = day.told === true ? boardingsOf(shuttles) : undefined;
  for (let now = START - 120_000; now <= end + 60_000; now += day.intervalS * 1000) {
    const reports = [...fleet.keys()].map((vehicle): PositionReport => {
      const own = shuttles.filter(({ trip }) => trip.vehicle === vehicle);
      const begun = own.filter(({ calls }) => (calls[0]?.leaves_ms ?? 0) <= now).at(-1) ?? own[0];
      const { ...fix } = fixAt(pattern, begun?.calls ?? [], now, day.noiseM, random);
      const { bearing = null, speed_mps = null, ...place } = fix;
      return { vehicle, ...place, bearing, speed_mps, trip: null, occupancy: 10 };
    });
    const near = orders.filter(({ departs_ms }) => Math.abs(departs_ms - now) < 3 * 60 * MINUTE_MS);
    see({ now, ...board.advance(reports, { now, speed: day.speed ?? 1, orders: near, boardings }) });
  }
  return board;
};

/** As a plan of five-minute slots expects them. */
const boardingsOf = (shuttles: readonly DrivenShuttle[]): ExpectedBoardings => {
  const { times } = circuit();
  const slots = shuttles.map(({ trip, expected }) => {
    const slotStart = START + Math.floor((trip.departs_ms - START) / SLOT_MS) * SLOT_MS;
    return [slotStart, new Map(expected.map((people, call) => [callName(times, call), people]))] as const;
  });
  return { origin_ms: START, slotMs: SLOT_MS, trips: new Map([['A-1', new Map(slots)]]) };
};
