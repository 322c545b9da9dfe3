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

const maybeSeconds = (ms: number | undefined): number | null => (ms === undefined ? null : seconds(ms));

/** A field that is null is left out. */
const toMessage = (feed: RealtimeFeed): WireMessage => ({
  header: {
    gtfsRealtimeVersion: feed.version,
    incrementality: feed.incrementality ? incrementalities[feed.incrementality] : null,
    timestamp: maybeSeconds(feed.ts),
  },
  entity: [
    ...feed.vehicles.map((report): WireEntity => ({ id: report.id, vehicle: vehicleOf(report) })),
    ...feed.trips.map((update): WireEntity => ({ id: update.id, tripUpdate: tripUpdateOf(update) })),
    ...feed.alerts.map((alert): WireEntity => ({ id: alert.id, alert: alertOf(alert) })),
    ...feed.deleted.map((id): WireEntity => ({ id, isDeleted: true })),
  ],
});

const tripOf = ({ trip, line, direction, start_date, start_time, relation }: TripRef): WireTrip => ({
  tripId: trip ?? null,
  routeId: line ?? null,
  directionId: direction ?? null,
  startDate: start_date ?? null,
  startTime: start_time ?? null,
  scheduleRelationship: relation ? tripRelations[relation] : null,
});

const descriptorOf = (
  value: Pick<VehicleReport, 'vehicle' | 'label' | 'licence_plate'>,
): WireVehicleDescriptor | null => {
  const { vehicle, label, licence_plate } = value;
  if (vehicle === undefined && label === undefined && licence_plate === undefined) return null;
  return { id: vehicle ?? null, label: label ?? null, licensePlate: licence_plate ?? null };
};

const positionOf = (position: NonNullable<VehicleReport['position']>): NonNullable<WireVehicle['position']> => ({
  latitude: position.lat,
  longitude: position.lon,
  bearing: position.bearing ?? null,
  speed: position.speed_mps ?? null,
  odometer: position.odometer_m ?? null,
});

const vehicleOf = (report: VehicleReport): WireVehicle => ({
  trip: report.trip ? tripOf(report.trip) : null,
  vehicle: descriptorOf(report),
  position: report.position ? positionOf(report.position) : null,
  currentStopSequence: report.stop_sequence ?? null,
  stopId: report.stop ?? null,
  currentStatus: report.status ? stopStatuses[report.status] : null,
  timestamp: maybeSeconds(report.ts),
  congestionLevel: report.congestion ? congestions[report.congestion] : null,
  occupancyStatus: report.occupancy ? occupancies[report.occupancy] : null,
  occupancyPercentage: report.occupancy_percent ?? null,
});

const eventOf = ({ at_ms, delay_s, uncertainty_s }: StopEvent): WireStopEvent => ({
  time: maybeSeconds(at_ms),
  delay: delay_s ?? null,
  uncertainty: uncertainty_s ?? null,
});

const stopUpdateOf = ({ stop_sequence, stop, arrival, departure, relation }: StopUpdate): WireStopUpdate => ({
  stopSequence: stop_sequence ?? null,
  stopId: stop ?? null,
  arrival: arrival ? eventOf(arrival) : null,
  departure: departure ? eventOf(departure) : null,
  scheduleRelationship: relation ? stopRelations[relation] : null,
});

const tripUpdateOf = (update: TripUpdate): WireTripUpdate => ({
  trip: tripOf(update.trip),
  vehicle: descriptorOf(update),
  stopTimeUpdate: update.stops.map(stopUpdateOf),
  timestamp: maybeSeconds(update.ts),
  delay: update.delay_s ?? null,
});

const textOf = (translations: readonly Translation[] | undefined): WireText | null =>
  translations?.length
    ? { translation: translations.map(({ text, language }) => ({ text, language: language ?? null })) }
    : null;

const informedOf = ({
  agency,
  line,
  route_type,
  direction,
  stop,
  trip,
}: InformedEntity): NonNullable<WireAlert['informedEntity']>[number] => ({
  agencyId: agency ?? null,
  routeId: line ?? null,
  routeType: route_type ?? null,
  directionId: direction ?? null,
  stopId: stop ?? null,
  trip: trip ? tripOf(trip) : null,
});

const alertOf = (alert: ServiceAlert): WireAlert => ({
  activePeriod: alert.periods.map(({ start_ms, end_ms }) => ({
    start: maybeSeconds(start_ms),
    end: maybeSeconds(end_ms),
  })),
  informedEntity: alert.informs.map(informedOf),
  cause: alert.cause ? causes[alert.cause] : null,
  effect: alert.effect ? effects[alert.effect] : null,
  severityLevel: alert.severity ? severities[alert.severity] : null,
  headerText: textOf(alert.header),
  descriptionText: textOf(alert.description),
  url: textOf(alert.url),
});
