import type {
  InformedEntity,
  RealtimeFeed,
  ServiceAlert,
  StopEvent,
  StopUpdate,
  Translation,
  TripRef,
  TripUpdate,
  VehicleReport,
} from './contract.js';
import {
  causes,
  congestions,
  effects,
  incrementalities,
  occupancies,
  severities,
  stopRelations,
  stopStatuses,
  tripRelations,
} from './enums.js';
import { present } from './present.js';
import {
  FeedMessage,
  type WireAlert,
  type WireEntity,
  type WireMessage,
  type WireStopEvent,
  type WireStopUpdate,
  type WireText,
  type WireTrip,
  type WireTripUpdate,
  type WireVehicle,
  type WireVehicleDescriptor,
} from './wire.js';

/** The feed as protobuf, as `application/x-protobuf` carries it. */
export const encodeRealtime = (feed: RealtimeFeed): Uint8Array => FeedMessage.encode(toMessage(feed)).finish();

/** The same message by protobuf's JSON mapping: lowerCamelCase names, names of enums, 64-bit numbers as numbers. */
export const realtimeJson = (feed: RealtimeFeed): Readonly<Record<string, unknown>> =>
  FeedMessage.toObject(FeedMessage.decode(encodeRealtime(feed)), { enums: String, longs: Number });

/** Whole seconds since 1970. */
const seconds = (ms: number): number => Math.floor(ms / 1000);

const toMessage = (feed: RealtimeFeed): WireMessage => ({
  header: present<WireMessage['header']>({
    gtfsRealtimeVersion: feed.version,
    incrementality: feed.incrementality && incrementalities[feed.incrementality],
    timestamp: feed.ts === undefined ? undefined : seconds(feed.ts),
  }),
  entity: [
    ...feed.vehicles.map((report): WireEntity => ({ id: report.id, vehicle: vehicleOf(report) })),
    ...feed.trips.map((update): WireEntity => ({ id: update.id, tripUpdate: tripUpdateOf(update) })),
    ...feed.alerts.map((alert): WireEntity => ({ id: alert.id, alert: alertOf(alert) })),
    ...feed.deleted.map((id): WireEntity => ({ id, isDeleted: true })),
  ],
});

const tripOf = ({ trip, line, direction, start_date, start_time, relation }: TripRef): WireTrip =>
  present<WireTrip>({
    tripId: trip,
    routeId: line,
    directionId: direction,
    startDate: start_date,
    startTime: start_time,
    scheduleRelationship: relation && tripRelations[relation],
  });

const descriptorOf = (
  value: Pick<VehicleReport, 'vehicle' | 'label' | 'licence_plate'>,
): WireVehicleDescriptor | undefined => {
  const { vehicle, label, licence_plate } = value;
  if (vehicle === undefined && label === undefined && licence_plate === undefined) return undefined;
  return present<WireVehicleDescriptor>({ id: vehicle, label, licensePlate: licence_plate });
};

const vehicleOf = (report: VehicleReport): WireVehicle => {
  const { position } = report;
  return present<WireVehicle>({
    trip: report.trip && tripOf(report.trip),
    vehicle: descriptorOf(report),
    position:
      position &&
      present<NonNullable<WireVehicle['position']>>({
        latitude: position.lat,
        longitude: position.lon,
        bearing: position.bearing,
        speed: position.speed_mps,
        odometer: position.odometer_m,
      }),
    currentStopSequence: report.stop_sequence,
    stopId: report.stop,
    currentStatus: report.status && stopStatuses[report.status],
    timestamp: report.ts === undefined ? undefined : seconds(report.ts),
    congestionLevel: report.congestion && congestions[report.congestion],
    occupancyStatus: report.occupancy && occupancies[report.occupancy],
    occupancyPercentage: report.occupancy_percent,
  });
};

const eventOf = ({ at_ms, delay_s, uncertainty_s }: StopEvent): WireStopEvent =>
  present<WireStopEvent>({
    time: at_ms === undefined ? undefined : seconds(at_ms),
    delay: delay_s,
    uncertainty: uncertainty_s,
  });

const stopUpdateOf = ({ stop_sequence, stop, arrival, departure, relation }: StopUpdate): WireStopUpdate =>
  present<WireStopUpdate>({
    stopSequence: stop_sequence,
    stopId: stop,
    arrival: arrival && eventOf(arrival),
    departure: departure && eventOf(departure),
    scheduleRelationship: relation && stopRelations[relation],
  });

const tripUpdateOf = (update: TripUpdate): WireTripUpdate =>
  present<WireTripUpdate>({
    trip: tripOf(update.trip),
    vehicle: descriptorOf(update),
    stopTimeUpdate: update.stops.map(stopUpdateOf),
    timestamp: update.ts === undefined ? undefined : seconds(update.ts),
    delay: update.delay_s,
  });

const textOf = (translations: readonly Translation[] | undefined): WireText | undefined =>
  translations?.length
    ? {
        translation: translations.map(({ text, language }) => present<Translation>({ text, language })),
      }
    : undefined;

const informedOf = ({ agency, line, route_type, direction, stop, trip }: InformedEntity) =>
  present<NonNullable<WireAlert['informedEntity']>[number]>({
    agencyId: agency,
    routeId: line,
    routeType: route_type,
    directionId: direction,
    stopId: stop,
    trip: trip && tripOf(trip),
  });

const alertOf = (alert: ServiceAlert): WireAlert =>
  present<WireAlert>({
    activePeriod: alert.periods.map(({ start_ms, end_ms }) =>
      present<NonNullable<WireAlert['activePeriod']>[number]>({
        start: start_ms === undefined ? undefined : seconds(start_ms),
        end: end_ms === undefined ? undefined : seconds(end_ms),
      }),
    ),
    informedEntity: alert.informs.map(informedOf),
    cause: alert.cause && causes[alert.cause],
    effect: alert.effect && effects[alert.effect],
    severityLevel: alert.severity && severities[alert.severity],
    headerText: textOf(alert.header),
    descriptionText: textOf(alert.description),
    url: textOf(alert.url),
  });
