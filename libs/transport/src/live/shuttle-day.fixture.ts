import { epochMs, MINUTE_MS, seededRandom } from '#libs/kernel';
import { circuit, type DrivenCall, driveCalls, fixAt, gaussians } from './driven-trip.fixture.js';
import type { PositionReport } from './follow-vehicle.js';
import type { LivePicture } from './live-picture.js';
import { LiveBoard, type PredictionOutcome } from './live-board.js';
import type { OrderedTrip } from './trip-plan.js';

const START = epochMs(1_767_700_000_000);

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
}

export interface DrivenShuttle {
  readonly trip: OrderedTrip;
  readonly calls: readonly DrivenCall[];
}

/**
 * Shuttles on the circuit whose drives the board has not seen: each leg has a pace of its own that the timetable does not know, drivers differ by 8 %, legs vary by 12 %,
 * calls last 10 to 60 s. A vehicle that is late at its first stop leaves late.
 */
export const shuttlesOf = ({ seed, vehicles, trips, everyMs }: ShuttleDay): readonly DrivenShuttle[] => {
  const random = seededRandom(seed);
  const normal = (): number => gaussians(random)[0];
  const pattern = circuit();
  const legs = pattern.times.map(() => 0.85 + 0.45 * random());
  return Array.from({ length: vehicles }, (_, index) => index).flatMap((index) => {
    let free = 0;
    return Array.from({ length: trips }, (__, round): DrivenShuttle => {
      const departs_ms = START + (index / vehicles + round) * everyMs;
      const driver = Math.max(0.7, 1 + 0.08 * normal());
      const calls = driveCalls(pattern, {
        departs_ms: Math.max(departs_ms + 10_000 * random(), free),
        ratioOf: (leg) => (legs[leg] ?? 1) * driver * Math.max(0.5, 1 + 0.12 * normal()),
        dwellOf: () => Math.min(60, Math.max(10, 22 + 10 * normal())),
      });
      free = (calls.at(-1)?.arrives_ms ?? 0) + 60_000;
      const vehicle = `bus-${index + 1}`;
      return { trip: { line: 'A', pattern: 'A-1', departs_ms, vehicle }, calls };
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
  for (let now = START - 120_000; now <= end + 60_000; now += day.intervalS * 1000) {
    const reports = [...fleet.keys()].map((vehicle): PositionReport => {
      const own = shuttles.filter(({ trip }) => trip.vehicle === vehicle);
      const begun = own.filter(({ calls }) => (calls[0]?.leaves_ms ?? 0) <= now).at(-1) ?? own[0];
      const { ...fix } = fixAt(pattern, begun?.calls ?? [], now, day.noiseM, random);
      const { bearing = null, speed_mps = null, ...place } = fix;
      return { vehicle, ...place, bearing, speed_mps, trip: null, occupancy: 10 };
    });
    const near = orders.filter(({ departs_ms }) => Math.abs(departs_ms - now) < 3 * 60 * MINUTE_MS);
    see({ now, ...board.advance(reports, { now, speed: day.speed ?? 1, orders: near }) });
  }
  return board;
};
