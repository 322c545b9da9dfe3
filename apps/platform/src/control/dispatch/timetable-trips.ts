import type { Pack } from '#libs/games';
import { epochMs, type EpochMs } from '#libs/kernel';
import type { TripRow } from '#libs/store';
import { type Feed, timetableBetween } from '#libs/transport';

/** Written as the plan of a departure that nobody planned. */
export const TIMETABLE = 'timetable';

/** The departures of `[from, to)` when no plan is in force: vehicles without orders drive the timetable. */
export const timetableTrips = (pack: Pack, feed: Feed, from: EpochMs, to: EpochMs): readonly TripRow[] =>
  timetableBetween({ pack, feed }, from, to).departures.map(({ departs_ms, ...trip }) => ({
    ...trip,
    departs: epochMs(departs_ms),
    plan: TIMETABLE,
  }));
