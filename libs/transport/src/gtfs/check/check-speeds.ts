import type { Notice, RuleCode } from '../rules.js';
import { time } from '../schema/field-types.js';
import type { NoticeBook } from './notice-book.js';
import type { CheckedTables } from './tables.js';
import { type CheckedTrip, metresBetween, type Network, type StopTimeRow } from './trips.js';

/** Fastest believable speed by route type, km/h; others 200. The figures of the canonical validator. */
const FASTEST_KMH: Readonly<Record<number, number>> = {
  0: 100,
  1: 150,
  2: 500,
  3: 150,
  4: 80,
  5: 30,
  6: 50,
  7: 50,
  11: 150,
  12: 150,
};
const FASTEST_OTHER_KMH = 200;

/** Farther apart than this, a speed cannot come of times that are rounded. */
const FAR_M = 10_000;

/** Stops before a stop that are looked at: far stops lie nearer than that, and a hostile trip stays cheap. */
const MOST_STOPS_BACK = 200;

/** Trips that are faster than their kind of vehicle, between neighbouring stops and between far ones. */
export const checkSpeeds = (tables: CheckedTables, network: Network, book: NoticeBook): void => {
  const types = new Map(tables.rowsOf('routes.txt').map(({ row }) => [row.route_id, row.route_type]));
  for (const trip of network.trips) {
    const type = types.get(trip.row.route_id);
    if (type === undefined) continue;
    checkTrip(trip, FASTEST_KMH[type] ?? FASTEST_OTHER_KMH, network, book);
  }
};

const checkTrip = (trip: CheckedTrip, fastestKmh: number, network: Network, book: NoticeBook): void => {
  checkNeighbours(trip, fastestKmh, network, book);
  checkFar(trip, fastestKmh, network, book);
};

/** Between a stop with a time and the one with a time before it, as the crow flies. */
const checkNeighbours = (
  { row, calls }: CheckedTrip,
  fastestKmh: number,
  { placeOf }: Network,
  book: NoticeBook,
): void => {
  let from: StopTimeRow | undefined;
  for (const to of calls) {
    const [start, end] = [placeOf(from?.row.stop_id), placeOf(to.row.stop_id)];
    const seconds = from && secondsBetween(from, to);
    if (from && start && end && seconds !== undefined) {
      const leg = { from, to, metres: metresBetween(start, end), seconds };
      if (speedOf(leg) > fastestKmh) book.add(noticeOf('fast_travel_between_consecutive_stops', row.trip_id, leg));
    }
    if (to.row.departure_time !== undefined && end) from = to;
  }
};

/** Between stops far apart, from stop to stop; the first of a trip. */
const checkFar = ({ row, calls }: CheckedTrip, fastestKmh: number, { placeOf }: Network, book: NoticeBook): void => {
  const places = calls.map((call) => placeOf(call.row.stop_id));
  const legs = places.map((to, place) => {
    const from = places[place - 1];
    return from && to ? metresBetween(from, to) : 0;
  });
  for (const [place, to] of calls.entries()) {
    let metres = 0;
    for (let back = place - 1; back >= Math.max(0, place - MOST_STOPS_BACK); back -= 1) {
      const from = calls[back];
      metres += legs[back + 1] ?? 0;
      const seconds = from && secondsBetween(from, to);
      if (!from || seconds === undefined || metres <= FAR_M) continue;
      const leg = { from, to, metres, seconds };
      if (speedOf(leg) <= fastestKmh) continue;
      book.add(noticeOf('fast_travel_between_far_stops', row.trip_id, leg));
      return;
    }
  }
};

interface Leg {
  readonly from: StopTimeRow;
  readonly to: StopTimeRow;
  readonly metres: number;
  readonly seconds: number;
}

/** km/h */
const speedOf = ({ metres, seconds }: Leg): number => (metres / seconds) * 3.6;

const noticeOf = (rule: RuleCode, trip: string, leg: Leg): Notice => {
  const { from, to, metres } = leg;
  const way = `${(metres / 1000).toFixed(1)} km from ${from.row.stop_id ?? ''} (row ${from.line}) to ${to.row.stop_id ?? ''}`;
  return {
    rule,
    file: 'stop_times.txt',
    row: to.line,
    field: 'arrival_time',
    value: time.write(to.row.arrival_time ?? 0),
    message: `Trip ${trip} drives ${way} at ${Math.round(speedOf(leg))} km/h.`,
  };
};

/** From leaving to arriving, at least a minute where times do not rise; whole minutes may be off by one. */
const secondsBetween = (from: StopTimeRow, to: StopTimeRow): number | undefined => {
  const { departure_time: left } = from.row;
  const { arrival_time: arrived } = to.row;
  if (left === undefined || arrived === undefined) return undefined;
  const seconds = arrived - left;
  if (seconds <= 0) return 60;
  return arrived % 60 === 0 && left % 60 === 0 ? seconds + 60 : seconds;
};
