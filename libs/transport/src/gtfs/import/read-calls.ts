import { fail, ok, type Result } from '#libs/kernel';
import type { StopTime } from '../feed.js';
import type { RuleCode } from '../rules.js';

/** A stop time as its row has it: where it is interpolated, its times are still to be filled in. */
export interface Call extends StopTime {
  readonly sequence: number;
  arrivalS: number;
  departureS: number;
}

/** Why a trip cannot be used: the call at fault, by its place in the rows given. */
export interface BadCall {
  readonly place: number;
  readonly field: string;
  readonly rule: RuleCode;
  readonly message: string;
}

/**
 * The stops of one trip in order. Where a stop has no time of its own (GTFS: not a timepoint), times are spaced evenly
 * between the timed stops around it, in whole seconds. The first and the last stop must have a time, and times never go back.
 */
export const readCalls = (trip: string, calls: readonly Call[]): Result<readonly StopTime[], BadCall> => {
  const bad = (call: Call | undefined, field: string, rule: RuleCode, message: string): Result<never, BadCall> =>
    fail({ place: call ? calls.indexOf(call) : 0, field, rule, message });
  const sorted = isSorted(calls) ? calls : [...calls].sort((a, b) => a.sequence - b.sequence);
  if (sorted.length < 2) {
    return bad(sorted[0], 'trip_id', 'unusable_trip', `Trip ${trip} must have at least two stops.`);
  }
  const nextTimed = placesOfNextTimed(sorted);
  const stops: StopTime[] = [];
  let timed = 0;
  for (let place = 0; place < sorted.length; place += 1) {
    const call = sorted[place];
    if (!call) continue;
    if (sorted[place - 1]?.sequence === call.sequence) {
      const message = `Trip ${trip} has stop_sequence ${call.sequence} twice.`;
      return bad(call, 'stop_sequence', 'duplicate_key', message);
    }
    const before = stops[timed];
    const next = nextTimed[place] ?? -1;
    const after = sorted[next]?.arrivalS;
    if (next === place) timed = place;
    else if (before === undefined || after === undefined) {
      const message = `Trip ${trip} must have a time at its first and last stop.`;
      return bad(call, 'arrival_time', 'missing_trip_edge', message);
    } else {
      const at = before.departureS + ((after - before.departureS) * (place - timed)) / (next - timed);
      // Filled in and not copied: of a large feed nothing is held twice.
      call.arrivalS = Math.round(at);
      call.departureS = call.arrivalS;
    }
    if (call.departureS < call.arrivalS) {
      const message = `Trip ${trip} leaves stop ${call.stop} before it is there.`;
      return bad(call, 'arrival_time', 'start_and_end_range_out_of_order', message);
    }
    if (before && call.arrivalS < before.departureS && place > 0) {
      const message = `Trip ${trip} goes back in time at stop ${call.stop}.`;
      return bad(call, 'arrival_time', 'stop_time_with_arrival_before_previous_departure_time', message);
    }
    stops.push(call);
  }
  return ok(stops);
};

const isSorted = (calls: readonly Call[]): boolean =>
  calls.every(({ sequence }, place) => place === 0 || sequence >= (calls[place - 1]?.sequence ?? 0));

/** For each place the place of the next call with a time, itself included; -1 where there is none. */
const placesOfNextTimed = (calls: readonly Call[]): Int32Array => {
  const next = new Int32Array(calls.length).fill(-1);
  let found = -1;
  for (let place = calls.length - 1; place >= 0; place -= 1) {
    if (calls[place]?.interpolated !== true) found = place;
    next[place] = found;
  }
  return next;
};
