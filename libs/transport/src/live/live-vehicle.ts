import type { TripPrediction } from '../realtime/contract.js';
import type { VehicleState } from './follow-vehicle.js';
import type { HeadwayAdvice } from './headways.js';
import type { LiveVehicle, TroubleWords } from './live-picture.js';
import type { LivePattern } from './trip-plan.js';

/** What is known of a vehicle beside its state. */
export interface VehicleNews {
  readonly troubles: readonly TroubleWords[];
  /** Of its trip under way. */
  readonly prediction: TripPrediction | undefined;
  readonly advice: HeadwayAdvice | undefined;
}

/** How late a vehicle is expected at the next stop of its trip, s; undefined without a prediction. */
export const delayOf = ({ departure, stops }: TripPrediction, { times }: LivePattern): number | undefined => {
  const [next] = stops;
  if (!next) return undefined;
  const planned = departure.departs_ms + (times[next.stop_sequence - 1]?.offsetS ?? 0) * 1000;
  return (next.arrives_ms - planned) / 1000;
};

/** A vehicle as the picture has it: what its position says, and of a trip under way how far it is and what is expected of it. */
export const liveVehicle = (
  { report, trip: driven }: VehicleState,
  pattern: LivePattern | undefined,
  { troubles, prediction, advice }: VehicleNews,
): LiveVehicle => {
  const { vehicle, ts, lat, lon, bearing, speed_mps, occupancy } = report;
  const bare: LiveVehicle = {
    vehicle,
    ts,
    lat,
    lon,
    ...(bearing !== null && { bearing }),
    ...(speed_mps !== null && { speed_mps }),
    ...(occupancy !== null && { occupancy }),
    troubles,
  };
  if (!driven || !pattern || driven.isDone) return bare;
  const { line, pattern: name, departs_ms } = driven.trip;
  const stopOf = (index: number): string => pattern.path.stops[index]?.stop ?? '';
  const delay_s = prediction && delayOf(prediction, pattern);
  const { matched } = driven;
  return {
    ...bare,
    trip: { line, pattern: name, departs_ms, ordered: driven.isOrdered },
    ...(matched && {
      progress_m: Math.round(matched.progressM),
      length_m: Math.round(pattern.path.lengthM),
      off_m: Math.round(driven.off?.offM ?? matched.offM),
      next_stop: { sequence: matched.nextStop + 1, stop: stopOf(matched.nextStop), at_stop: matched.atStop },
    }),
    ...(delay_s !== undefined && { delay_s: Math.round(delay_s) }),
    ...(advice && {
      advice: {
        action: advice.action,
        stop: stopOf(advice.stop),
        reason: advice.reason,
        ...(advice.until_ms !== undefined && { until_ms: advice.until_ms }),
        ...(advice.onto !== undefined && { onto: advice.onto }),
      },
    }),
  };
};
