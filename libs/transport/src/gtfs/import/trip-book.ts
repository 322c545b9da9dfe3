import type { Headway, StopTime, StopTimeDetails, Trip } from '../feed.js';
import type { RuleCode } from '../rules.js';
import type { Row } from '../schema/schedule-tables.js';
import type { Ledger } from './ledger.js';
import type { ColumnIds } from './read-kept.js';
import { type Call, readCalls } from './read-calls.js';

interface OpenTrip {
  readonly row: Row<'trips.txt'>;
  readonly line: number;
  readonly calls: Call[];
  /** Of the calls, in `stop_times.txt`. */
  readonly lines: number[];
  /** A row of its stop times was refused: what is left is another trip. */
  torn: boolean;
}

/** Gathers the stop times of trips. */
export interface TripBook {
  addTrip(row: Row<'trips.txt'>, line: number): void;
  /** A stop time of a trip that is there. */
  addCall(row: Row<'stop_times.txt'>, line: number): void;
  /** A stop time of this trip was refused. */
  tear(trip: string): void;
  /** Refuses the trips that cannot run, with all their stop times. */
  close(ids: ColumnIds, ledger: Ledger): ReadonlyMap<string, Omit<Trip, 'headways'>>;
}

export const openTripBook = (stopIds: Iterable<string>): TripBook => {
  const trips = new Map<string, OpenTrip>();
  const intern = openInterner();
  // The same text object for every mention, so that the file's text can go.
  const stopNames = new Map([...stopIds].map((id) => [id, id]));
  return {
    addTrip: (row, line) => {
      trips.set(row.trip_id, { row, line, calls: [], lines: [], torn: false });
    },
    addCall: (row, line) => {
      const trip = trips.get(row.trip_id);
      trip?.calls.push(callOf(row, stopNames.get(row.stop_id ?? '') ?? '', intern));
      trip?.lines.push(line);
    },
    tear: (id) => {
      const trip = trips.get(id);
      if (trip) trip.torn = true;
    },
    close: (ids, ledger) =>
      new Map(
        [...trips].flatMap(([id, trip]) => {
          const stops = closeTrip(trip, ledger);
          (stops ? ids.kept : ids.refused).add(id);
          return stops ? [[id, tripOf(trip.row, stops)] as const] : [];
        }),
      ),
  };
};

const closeTrip = ({ row, line, calls, lines, torn }: OpenTrip, ledger: Ledger): readonly StopTime[] | undefined => {
  const id = row.trip_id;
  const refuse = (rule: RuleCode, message: string, bad?: { readonly place: number; readonly field: string }): void => {
    const follows = torn || bad !== undefined;
    ledger.refuse({ file: 'trips.txt', row: line, field: 'trip_id', value: id, rule, message, follows });
    lines.forEach((callLine, place) => {
      const isBad = bad?.place === place;
      const field = isBad ? bad.field : 'trip_id';
      ledger.refuse({ file: 'stop_times.txt', row: callLine, field, value: id, rule, message, follows: !isBad });
    });
  };
  if (torn) {
    refuse('foreign_key_violation', `Trip ${id} is refused: a row of its stop times is.`);
    return undefined;
  }
  if (calls.length === 0) {
    refuse('unused_trip', `Trip ${id} has no stop times.`);
    return undefined;
  }
  const read = readCalls(id, calls);
  if (read.ok) return read.value;
  refuse(read.error.rule, read.error.message, read.error);
  return undefined;
};

const callOf = (
  row: Row<'stop_times.txt'>,
  stop: string,
  intern: (details: StopTimeDetails) => StopTimeDetails,
): Call => {
  const timed = row.arrival_time ?? row.departure_time;
  const sequence = row.stop_sequence;
  const call: { -readonly [K in keyof Call]: Call[K] } =
    timed === undefined
      ? { stop, arrivalS: 0, departureS: 0, sequence, interpolated: true }
      : { stop, arrivalS: timed, departureS: row.departure_time ?? timed, sequence };
  if (row.shape_dist_traveled !== undefined) call.shapeDistance = row.shape_dist_traveled;
  const details = detailsOf(row);
  if (details) call.details = intern(details);
  return call;
};

const detailsOf = (row: Row<'stop_times.txt'>): StopTimeDetails | undefined => {
  const details: { -readonly [K in keyof StopTimeDetails]: StopTimeDetails[K] } = {};
  if (row.stop_headsign !== undefined) details.headsign = row.stop_headsign;
  if (row.pickup_type !== undefined) details.pickupType = row.pickup_type;
  if (row.drop_off_type !== undefined) details.dropOffType = row.drop_off_type;
  if (row.continuous_pickup !== undefined) details.continuousPickup = row.continuous_pickup;
  if (row.continuous_drop_off !== undefined) details.continuousDropOff = row.continuous_drop_off;
  if (row.timepoint !== undefined) details.timepoint = row.timepoint;
  if (row.more) details.more = row.more;
  return Object.keys(details).length > 0 ? details : undefined;
};

/** One object for details that say the same. */
const openInterner = () => {
  const known = new Map<string, StopTimeDetails>();
  return (details: StopTimeDetails): StopTimeDetails => {
    const key = JSON.stringify(details);
    const found = known.get(key);
    if (found) return found;
    known.set(key, details);
    return details;
  };
};

const tripOf = (row: Row<'trips.txt'>, stops: readonly StopTime[]): Omit<Trip, 'headways'> => ({
  id: row.trip_id,
  line: row.route_id,
  service: row.service_id,
  stops,
  ...(row.trip_headsign !== undefined && { headsign: row.trip_headsign }),
  ...(row.trip_short_name !== undefined && { shortName: row.trip_short_name }),
  ...(row.direction_id !== undefined && { direction: row.direction_id }),
  ...(row.block_id !== undefined && { block: row.block_id }),
  ...(row.shape_id !== undefined && { shape: row.shape_id }),
  ...(row.wheelchair_accessible !== undefined && { wheelchairAccessible: row.wheelchair_accessible }),
  ...(row.bikes_allowed !== undefined && { bikesAllowed: row.bikes_allowed }),
  ...(row.cars_allowed !== undefined && { carsAllowed: row.cars_allowed }),
  ...(row.more && { more: row.more }),
});

/** A row of `frequencies.txt`. */
export const headwayOf = (row: Row<'frequencies.txt'>): Headway => ({
  startS: row.start_time,
  endS: row.end_time,
  headwayS: row.headway_secs,
  ...(row.exact_times !== undefined && { exact: row.exact_times === 1 }),
  ...(row.more && { more: row.more }),
});
