import type { PlannedCall, PlannedTrip } from '../day-feed/day-trip.js';
import type { StopUpdate, TripPrediction, TripUpdate, VehicleLocation } from './contract.js';
import { tripRef } from './trip-ref.js';

export interface TripUpdateInputs {
  readonly trips: readonly PlannedTrip[];
  /** The trip that each vehicle is on. */
  readonly underWay: ReadonlyMap<string, PlannedTrip>;
  /** Where the vehicles are; a vehicle that is not at a stop yet will not have been there earlier than now. */
  readonly locations: readonly VehicleLocation[];
  /** What is known better than that; empty: nothing. */
  readonly predictions: readonly TripPrediction[];
  /** When the plan and the departures were read, ms. */
  readonly now: number;
}

/**
 * One update for each trip. Times are the prediction's where it has one; after it the plan's, as late as the last prediction; without any the plan's.
 * A trip of the static feed has the stops that are ahead, an added one all of them, since nothing else says where it calls.
 */
export const tripUpdates = (inputs: TripUpdateInputs): readonly TripUpdate[] => {
  const { trips, underWay, locations, predictions, now } = inputs;
  const predicted = new Map(predictions.map((prediction) => [keyOf(prediction.departure), prediction]));
  const nextStops = new Map(
    locations.flatMap(({ vehicle, next_stop_sequence }) => {
      const trip = underWay.get(vehicle);
      return trip && next_stop_sequence !== undefined ? [[trip.id, next_stop_sequence] as const] : [];
    }),
  );
  return trips.flatMap((trip): readonly TripUpdate[] => {
    const head = { id: trip.id, trip: tripRef(trip) };
    if (trip.status === 'canceled') return [{ ...head, ts: now, stops: [] }];
    const prediction = predicted.get(keyOf(trip));
    const calls = expectedCalls(trip, prediction, nextStops.get(trip.id), now);
    const ahead = calls.filter(({ departs_s }) => departs_s * 1000 >= now);
    const shown = trip.status === 'added' ? calls : ahead;
    // A trip whose last stop is behind it is over, whatever the plan says.
    if (ahead.length === 0) return [];
    return [
      {
        ...head,
        ...(trip.vehicle !== undefined && underWay.get(trip.vehicle)?.id === trip.id && { vehicle: trip.vehicle }),
        ts: Math.min(now, prediction?.ts ?? now),
        stops: shown.map((call) => stopUpdate(call, trip.status === 'scheduled')),
      },
    ];
  });
};

type Departing = Pick<TripPrediction['departure'], 'line' | 'pattern' | 'departs_ms'> & { readonly vehicle?: string };

const keyOf = ({ line, pattern, departs_ms, vehicle }: Departing): string =>
  JSON.stringify([line, pattern, departs_ms, vehicle]);

/** A call as it is expected, in whole seconds since 1970. */
interface ExpectedCall {
  readonly call: PlannedCall;
  readonly arrives_s: number;
  readonly departs_s: number;
  readonly uncertainty_s?: number;
}

const expectedCalls = (
  { calls, departs_ms }: PlannedTrip,
  prediction: TripPrediction | undefined,
  nextStop: number | undefined,
  now: number,
): readonly ExpectedCall[] => {
  const known = new Map(prediction?.stops.map((stop) => [stop.stop_sequence, stop]));
  const firstAhead = prediction?.stops[0]?.stop_sequence ?? nextStop;
  let lateMs = departs_ms - (calls[0]?.departs_ms ?? departs_ms);
  const expected = calls.map((call): ExpectedCall => {
    const stop = known.get(call.stop_sequence);
    if (stop) {
      lateMs = stop.arrives_ms - call.arrives_ms;
      return {
        call,
        arrives_s: wholeSecond(stop.arrives_ms),
        departs_s: wholeSecond(stop.departs_ms ?? stop.arrives_ms + call.departs_ms - call.arrives_ms),
        ...(stop.low_ms !== undefined &&
          stop.high_ms !== undefined && {
            uncertainty_s: Math.max(0, Math.round((stop.high_ms - stop.low_ms) / 2000)),
          }),
      };
    }
    const isBehind = firstAhead !== undefined && call.stop_sequence < firstAhead;
    if (call.stop_sequence === firstAhead) lateMs = Math.max(lateMs, now - call.arrives_ms);
    const latest = isBehind ? now - 1000 : Infinity;
    return {
      call,
      arrives_s: wholeSecond(Math.min(latest, call.arrives_ms + lateMs)),
      departs_s: wholeSecond(Math.min(latest, call.departs_ms + lateMs)),
    };
  });
  return inOrder(expected);
};

const wholeSecond = (ms: number): number => Math.floor(ms / 1000);

/** Each arrival after the departure before it: at least a second, as GTFS-Realtime wants it. */
const inOrder = (calls: readonly ExpectedCall[]): readonly ExpectedCall[] => {
  let before = -Infinity;
  return calls.map((one) => {
    const arrives_s = Math.max(one.arrives_s, before + 1);
    const departs_s = Math.max(one.departs_s, arrives_s);
    before = departs_s;
    return { ...one, arrives_s, departs_s };
  });
};

const stopUpdate = ({ call, arrives_s, departs_s, uncertainty_s }: ExpectedCall, isAnnounced: boolean): StopUpdate => {
  const event = (second: number, announced_ms: number) => ({
    at_ms: second * 1000,
    ...(isAnnounced && { delay_s: second - wholeSecond(announced_ms) }),
    ...(uncertainty_s !== undefined && { uncertainty_s }),
  });
  return {
    stop_sequence: call.stop_sequence,
    stop: call.stop,
    arrival: event(arrives_s, call.arrives_ms),
    departure: event(departs_s, call.departs_ms),
    relation: 'scheduled',
  };
};
