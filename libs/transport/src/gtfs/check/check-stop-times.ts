import { time } from '../schema/field-types.js';
import type { NoticeBook } from './notice-book.js';
import type { CheckedTables } from './tables.js';
import type { CheckedTrip, Network, StopTimeRow } from './trips.js';

const FILE = 'stop_times.txt';

/** Times and distances along each trip, and trips without stop times. */
export const checkStopTimes = (tables: CheckedTables, { trips }: Network, book: NoticeBook): void => {
  const hasTimepoints = tables.rowsOf(FILE).some(({ row }) => row.timepoint !== undefined);
  for (const { line, row } of tables.rowsOf(FILE)) {
    const isFlexible = row.more !== undefined && ('location_id' in row.more || 'location_group_id' in row.more);
    if (row.stop_id === undefined && !isFlexible) {
      const message = `A stop time of trip ${row.trip_id} has no stop.`;
      book.add({ rule: 'missing_required_field', file: FILE, row: line, field: 'stop_id', message });
    }
    checkTimes({ line, row }, hasTimepoints, book);
  }
  for (const trip of trips) checkTrip(trip, book);
  const called = new Set(tables.allRowsOf(FILE).map(({ row }) => Reflect.get(row, 'trip_id') as unknown));
  for (const { line, row } of tables.rowsOf('trips.txt')) {
    if (called.has(row.trip_id)) continue;
    const message = `Trip ${row.trip_id} has no stop times.`;
    book.add({ rule: 'unused_trip', file: 'trips.txt', row: line, field: 'trip_id', value: row.trip_id, message });
  }
};

const checkTimes = ({ line, row }: StopTimeRow, hasTimepoints: boolean, book: NoticeBook): void => {
  const { arrival_time: arrival, departure_time: departure } = row;
  const place = { file: FILE, row: line };
  if ((arrival === undefined) !== (departure === undefined)) {
    const field = arrival === undefined ? 'arrival_time' : 'departure_time';
    const message = `${field} is missing and the other is there.`;
    book.add({ rule: 'stop_time_with_only_arrival_or_departure_time', ...place, field, message });
  }
  if (row.timepoint === 1 && (arrival === undefined || departure === undefined)) {
    const message = 'An exact stop time has no times.';
    book.add({ rule: 'stop_time_timepoint_without_times', ...place, field: 'arrival_time', message });
  }
  if (hasTimepoints && row.timepoint === undefined && (arrival !== undefined || departure !== undefined)) {
    const message = 'timepoint is blank; other rows have one.';
    book.add({ rule: 'missing_timepoint_value', ...place, field: 'timepoint', message });
  }
  if (arrival !== undefined && departure !== undefined && departure < arrival) {
    const message = `The trip leaves at ${time.write(departure)}, before it arrives at ${time.write(arrival)}.`;
    const value = time.write(departure);
    book.add({ rule: 'start_and_end_range_out_of_order', ...place, field: 'departure_time', value, message });
  }
};

const checkTrip = ({ line, row: { trip_id: id }, calls }: CheckedTrip, book: NoticeBook): void => {
  if (calls.length < 2) {
    const message = `Trip ${id} has one stop.`;
    book.add({ rule: 'unusable_trip', file: 'trips.txt', row: line, field: 'trip_id', value: id, message });
  }
  for (const edge of new Set([calls[0], calls.at(-1)])) {
    if (!edge || edge.row.more?.['start_pickup_drop_off_window'] !== undefined) continue;
    for (const field of ['arrival_time', 'departure_time'] as const) {
      if (edge.row[field] !== undefined) continue;
      const message = `Trip ${id} has no ${field} at its ${edge === calls[0] ? 'first' : 'last'} stop.`;
      book.add({ rule: 'missing_trip_edge', file: FILE, row: edge.line, field, message });
    }
  }
  let departed: StopTimeRow | undefined;
  let measured: StopTimeRow | undefined;
  for (const call of calls) {
    const { arrival_time: arrival, departure_time: departure, shape_dist_traveled: distance } = call.row;
    const left = departed?.row.departure_time;
    if (departed && left !== undefined && arrival !== undefined && arrival < left) {
      const message = `Trip ${id} arrives before it left the stop before, at ${time.write(left)} in row ${departed.line}.`;
      const place = { file: FILE, row: call.line, field: 'arrival_time', value: time.write(arrival) };
      book.add({ rule: 'stop_time_with_arrival_before_previous_departure_time', ...place, message });
    }
    if (departure !== undefined) departed = call;
    const before = measured?.row.shape_dist_traveled;
    if (measured && before !== undefined && distance !== undefined && distance <= before) {
      const message = `shape_dist_traveled was ${before} at the stop before, in row ${measured.line}.`;
      const place = { file: FILE, row: call.line, field: 'shape_dist_traveled', value: String(distance) };
      book.add({ rule: 'decreasing_or_equal_stop_time_distance', ...place, message });
    }
    if (distance !== undefined) measured = call;
  }
};
