import type { Pack } from '#libs/games';
import { epochMs, type EpochMs } from '#libs/kernel';
import type { TripRow } from '#libs/store';
import { buildDispatchProblem, type Feed, readDispatchPlan, timetableDepartures } from '#libs/transport';
import { DISPATCH_SLOT_MS } from './people.js';

/** Written as the plan of a departure that nobody planned. */
export const TIMETABLE = 'timetable';

/** The departures of `[from, to)` when no plan is in force: vehicles without orders drive the timetable. */
export const timetableTrips = (pack: Pack, feed: Feed, from: EpochMs, to: EpochMs): readonly TripRow[] => {
  const start = epochMs(Math.ceil(from / DISPATCH_SLOT_MS) * DISPATCH_SLOT_MS);
  const count = Math.ceil((to - start) / DISPATCH_SLOT_MS);
  if (count <= 0) return [];
  const problem = buildDispatchProblem({
    pack,
    feed,
    grid: { start, slotMs: DISPATCH_SLOT_MS, count },
    waiting: [],
    countsOf: () => [],
    departed: [],
  });
  return readDispatchPlan(problem, timetableDepartures(problem)).departures.map(
    ({ line, pattern, vehicle, departs_ms }) => ({
      line,
      pattern,
      vehicle,
      departs: epochMs(departs_ms),
      plan: TIMETABLE,
    }),
  );
};
