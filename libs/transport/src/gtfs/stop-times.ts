import { type Fault, fail, ok, type Result } from '#libs/kernel';
import type { StopTime } from './feed.js';
import type { Row } from './rows.js';
import type { Numbered } from './table.js';

type StopTimeRow = Numbered<Row<'stop_times.txt'>>;

const fault = (line: number, field: string, rule: string, message: string): Fault => ({
  file: 'stop_times.txt',
  path: `row ${line}, ${field}`,
  rule,
  message,
});

/**
 * The stops of one trip in order. Where a stop has no time of its own (GTFS: not a timepoint), times are spaced evenly
 * between the timed stops around it. The first and the last stop must have a time, and times never go back.
 */
export const readStopTimes = (trip: string, rows: readonly StopTimeRow[]): Result<readonly StopTime[], Fault> => {
  const sorted = [...rows].sort((a, b) => a.row.stop_sequence - b.row.stop_sequence);
  const times = sorted.map(({ row }) => ({
    arrivalS: row.arrival_time ?? row.departure_time,
    departureS: row.departure_time ?? row.arrival_time,
  }));
  const stops: StopTime[] = [];
  let timed = 0;
  for (const [index, { line, row }] of sorted.entries()) {
    const previous = sorted[index - 1];
    if (previous?.row.stop_sequence === row.stop_sequence) {
      return fail(fault(line, 'stop_sequence', 'unique', `Trip ${trip} has stop_sequence ${row.stop_sequence} twice.`));
    }
    let { arrivalS, departureS } = times[index] ?? {};
    if (arrivalS === undefined || departureS === undefined) {
      const next = times.findIndex((time, later) => later > index && time.arrivalS !== undefined);
      const before = stops[timed];
      const after = times[next]?.arrivalS;
      if (before === undefined || after === undefined) {
        return fail(
          fault(line, 'arrival_time', 'timed_ends', `Trip ${trip} must have a time at its first and last stop.`),
        );
      }
      arrivalS = before.departureS + ((after - before.departureS) * (index - timed)) / (next - timed);
      departureS = arrivalS;
    } else timed = index;
    if (departureS < arrivalS || arrivalS < (stops[index - 1]?.departureS ?? 0)) {
      return fail(fault(line, 'arrival_time', 'times_rise', `Trip ${trip} goes back in time at stop ${row.stop_id}.`));
    }
    stops.push({ stop: row.stop_id, arrivalS, departureS });
  }
  const [first] = sorted;
  if (first && sorted.length < 2) {
    return fail(fault(first.line, 'trip_id', 'two_stops', `Trip ${trip} must have at least two stops.`));
  }
  return ok(stops);
};
