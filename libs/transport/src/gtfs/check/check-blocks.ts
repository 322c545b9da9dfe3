import { time } from '../schema/field-types.js';
import type { ServiceDays } from './check-calendars.js';
import type { NoticeBook } from './notice-book.js';
import { type CheckedTables, groupRows } from './tables.js';
import type { CheckedTrip, Network } from './trips.js';

/** Later trips of a block that one trip is compared with. */
const MOST_OVERLAPS = 100;

/** Trips that one vehicle would have to drive at once. Trips of headway service have no times of their own. */
export const checkBlocks = (tables: CheckedTables, { trips }: Network, days: ServiceDays, book: NoticeBook): void => {
  const byHeadway = new Set(tables.rowsOf('frequencies.txt').map(({ row }) => row.trip_id));
  const inBlocks = trips.filter(({ row }) => row.block_id !== undefined && !byHeadway.has(row.trip_id));
  for (const block of groupRows(inBlocks, ({ row }) => row.block_id ?? '').values()) {
    const runs = block.flatMap(runOf).sort((a, b) => a.startS - b.startS || a.endS - b.endS);
    for (const [place, run] of runs.entries()) {
      for (const other of runs.slice(place + 1, place + 1 + MOST_OVERLAPS)) {
        if (other.startS >= run.endS) break;
        if (!runTogether(run.trip, other.trip, days)) continue;
        const { line, row } = other.trip;
        const message = `Trip ${row.trip_id} begins at ${time.write(other.startS)}, trip ${run.trip.row.trip_id} of the same block (row ${run.trip.line}) ends at ${time.write(run.endS)}.`;
        const found = { file: 'trips.txt', row: line, field: 'block_id', value: row.block_id ?? '' };
        book.add({ rule: 'block_trips_with_overlapping_stop_times', ...found, message });
      }
    }
  }
};

interface Run {
  readonly trip: CheckedTrip;
  readonly startS: number;
  readonly endS: number;
}

const runOf = (trip: CheckedTrip): readonly Run[] => {
  const startS = trip.calls[0]?.row.arrival_time;
  const endS = trip.calls.at(-1)?.row.departure_time;
  return startS === undefined || endS === undefined ? [] : [{ trip, startS, endS }];
};

const runTogether = (a: CheckedTrip, b: CheckedTrip, days: ServiceDays): boolean => {
  const daysOfB = days.get(b.row.service_id);
  return [...(days.get(a.row.service_id) ?? [])].some((day) => daysOfB?.has(day));
};
