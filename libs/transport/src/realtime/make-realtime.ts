import type { PlannedTrip } from '../day-feed/day-trip.js';
import type { RealtimeFeed, ServiceAlert, TripPrediction, VehicleLocation } from './contract.js';
import { tripAlerts } from './make-alerts.js';
import type { Network } from './network.js';
import type { Capacity } from './occupancy.js';
import { tripsUnderWay } from './trip-ref.js';
import { tripUpdates } from './trip-updates.js';
import { isSilent, SILENCE_MS, vehiclePositions } from './vehicle-positions.js';

export interface RealtimeInputs {
  readonly trips: readonly PlannedTrip[];
  readonly locations: readonly VehicleLocation[];
  readonly predictions: readonly TripPrediction[];
  /** Beside those on added and cancelled departures: closures, disruptions. Their ids are unique. */
  readonly alerts: readonly ServiceAlert[];
  /** By vehicle. */
  readonly capacities: ReadonlyMap<string, Capacity>;
  readonly network: Network;
  readonly lineName: (line: string) => string;
  /** When all of this was true, ms. */
  readonly now: number;
  /** What the event clock says, ms: `now`, and later than that while nothing new is heard. */
  readonly clock: number;
}

export interface RealtimeFeeds {
  readonly vehiclePositions: RealtimeFeed;
  readonly tripUpdates: RealtimeFeed;
  readonly alerts: RealtimeFeed;
}

/** The three feeds of one moment. They agree: a vehicle is on the same trip in each, and no feed names a trip that another says is over. */
export const makeRealtime = (inputs: RealtimeInputs): RealtimeFeeds => {
  const { now, clock, network } = inputs;
  const heard = inputs.locations.filter(({ ts }) => ts <= now);
  const locations = heard.filter(({ ts }) => !isSilent(ts, clock));
  const underWay = tripsUnderWay(inputs.trips, locations, now);
  const trips = tripUpdates({ ...inputs, locations, underWay });
  const shown = new Set(trips.map(({ id }) => id));
  const vehicles = vehiclePositions({
    locations,
    underWay: new Map([...underWay].filter(([, { id }]) => shown.has(id))),
    capacities: inputs.capacities,
    network,
  });
  const alerts = [
    ...inputs.alerts,
    ...tripAlerts(
      inputs.trips.filter(({ id }) => shown.has(id)),
      inputs.lineName,
    ),
  ];
  const feed: RealtimeFeed = {
    version: '2.0',
    ts: now,
    incrementality: 'full_dataset',
    vehicles: [],
    trips: [],
    alerts: [],
    deleted: [],
  };
  return {
    vehiclePositions: { ...feed, ts: Math.max(now, lastSilence(heard, clock)), vehicles },
    tripUpdates: { ...feed, trips },
    alerts: { ...feed, alerts },
  };
};

/** When the last vehicle was given up that is silent by now, ms. */
const lastSilence = (locations: readonly VehicleLocation[], clock: number): number =>
  Math.max(0, ...locations.flatMap(({ ts }) => (isSilent(ts, clock) ? [ts + SILENCE_MS] : [])));
