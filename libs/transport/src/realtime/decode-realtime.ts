import { errorMessage, type Fault, fail, ok, type Result, showValue } from '#libs/kernel';
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
  nameOf,
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
  type WireMessage,
  type WireStopEvent,
  type WireStopUpdate,
  type WireText,
  type WireTrip,
  type WireTripUpdate,
  type WireVehicle,
  type WireVehicleDescriptor,
} from './wire.js';

/** More than any agency sends: the largest feeds have a few MB. */
const MAX_BYTES = 64 * 1_048_576;

/**
 * Reads a GTFS-Realtime message. Fields and enum values that are not known here are left out, as protobuf has it. The fault says what the bytes
 * are instead, as far as that can be seen: nothing, a web page, JSON, packed or cut bytes.
 */
export const decodeRealtime = (bytes: Uint8Array): Result<RealtimeFeed, Fault> => {
  const wrong = findWrongBytes(bytes);
  if (wrong) return fail(wrong);
  try {
    return ok(feedOf(FeedMessage.decode(bytes)));
  } catch (error) {
    const message = `The bytes must be a GTFS-Realtime FeedMessage: ${errorMessage(error)}. Perhaps they were cut on the way.`;
    return fail({ file: '', path: '', value: `${bytes.length} bytes`, rule: 'protobuf', message });
  }
};

const findWrongBytes = (bytes: Uint8Array): Fault | undefined => {
  const wrong = (rule: string, message: string, value?: string): Fault => ({
    file: '',
    path: '',
    rule,
    message,
    ...(value !== undefined && { value }),
  });
  if (bytes.length === 0)
    return wrong('empty', 'The feed must not be empty: even a feed without entities has a header.');
  if (bytes.length > MAX_BYTES)
    return wrong('too_large', `The feed must have at most ${MAX_BYTES} bytes.`, String(bytes.length));
  const start = new TextDecoder().decode(bytes.subarray(0, 40)).trimStart();
  if (start.startsWith('<'))
    return wrong(
      'web_page',
      'The feed must be protobuf, not a web page. Perhaps the address wants a key.',
      show(start),
    );
  if (start.startsWith('{') || start.startsWith('['))
    return wrong('json', 'The feed must be protobuf, not JSON. Perhaps the address has a .pb beside it.', show(start));
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return wrong('packed', 'The feed must be unpacked: this is gzip.');
  return undefined;
};

const show = (start: string): string => showValue(start.slice(0, 20));

/** A field of a message, undefined where the sender left it out: the decoder gives such a field its default on the prototype. */
const own = <T extends object, Key extends keyof T>(message: T, key: Key): NonNullable<T[Key]> | undefined =>
  Object.hasOwn(message, key) ? (message[key] ?? undefined) : undefined;

const ms = (value: { toString(): string } | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toString()) * 1000;

const feedOf = ({ header, entity }: WireMessage): RealtimeFeed => {
  const entities = entity ?? [];
  const alive = entities.filter((one) => own(one, 'isDeleted') !== true);
  return {
    ...present<Pick<RealtimeFeed, 'ts' | 'incrementality'>>({
      ts: ms(own(header, 'timestamp')),
      incrementality: nameOf(incrementalities, own(header, 'incrementality')),
    }),
    version: header.gtfsRealtimeVersion,
    vehicles: alive.flatMap(({ id, vehicle }) => (vehicle ? [vehicleOf(id, vehicle)] : [])),
    trips: alive.flatMap(({ id, tripUpdate }) => (tripUpdate ? [tripUpdateOf(id, tripUpdate)] : [])),
    alerts: alive.flatMap(({ id, alert }) => (alert ? [alertOf(id, alert)] : [])),
    deleted: entities.flatMap((one) => (own(one, 'isDeleted') === true ? [one.id] : [])),
  };
};

const tripOf = (trip: WireTrip): TripRef =>
  present<TripRef>({
    trip: own(trip, 'tripId'),
    line: own(trip, 'routeId'),
    direction: own(trip, 'directionId'),
    start_date: own(trip, 'startDate'),
    start_time: own(trip, 'startTime'),
    relation: nameOf(tripRelations, own(trip, 'scheduleRelationship')),
  });

const descriptorOf = (descriptor: WireVehicleDescriptor | null | undefined) =>
  present<Pick<VehicleReport, 'vehicle' | 'label' | 'licence_plate'>>({
    vehicle: descriptor ? own(descriptor, 'id') : undefined,
    label: descriptor ? own(descriptor, 'label') : undefined,
    licence_plate: descriptor ? own(descriptor, 'licensePlate') : undefined,
  });

const positionOf = (position: NonNullable<WireVehicle['position']>) =>
  present<NonNullable<VehicleReport['position']>>({
    lat: position.latitude,
    lon: position.longitude,
    bearing: own(position, 'bearing'),
    speed_mps: own(position, 'speed'),
    odometer_m: own(position, 'odometer'),
  });

const vehicleOf = (id: string, vehicle: WireVehicle): VehicleReport => ({
  id,
  ...descriptorOf(vehicle.vehicle),
  ...present<Omit<VehicleReport, 'id' | 'vehicle' | 'label' | 'licence_plate'>>({
    trip: vehicle.trip ? tripOf(vehicle.trip) : undefined,
    ts: ms(own(vehicle, 'timestamp')),
    position: vehicle.position ? positionOf(vehicle.position) : undefined,
    stop: own(vehicle, 'stopId'),
    stop_sequence: own(vehicle, 'currentStopSequence'),
    status: nameOf(stopStatuses, own(vehicle, 'currentStatus')),
    congestion: nameOf(congestions, own(vehicle, 'congestionLevel')),
    occupancy: nameOf(occupancies, own(vehicle, 'occupancyStatus')),
    occupancy_percent: own(vehicle, 'occupancyPercentage'),
  }),
});

const eventOf = (event: WireStopEvent): StopEvent =>
  present<StopEvent>({
    at_ms: ms(own(event, 'time')),
    delay_s: own(event, 'delay'),
    uncertainty_s: own(event, 'uncertainty'),
  });

const stopUpdateOf = (update: WireStopUpdate): StopUpdate =>
  present<StopUpdate>({
    stop_sequence: own(update, 'stopSequence'),
    stop: own(update, 'stopId'),
    arrival: update.arrival ? eventOf(update.arrival) : undefined,
    departure: update.departure ? eventOf(update.departure) : undefined,
    relation: nameOf(stopRelations, own(update, 'scheduleRelationship')),
  });

const tripUpdateOf = (id: string, update: WireTripUpdate): TripUpdate => ({
  id,
  trip: tripOf(update.trip),
  ...descriptorOf(update.vehicle),
  ...present<Pick<TripUpdate, 'ts' | 'delay_s'>>({ ts: ms(own(update, 'timestamp')), delay_s: own(update, 'delay') }),
  stops: (update.stopTimeUpdate ?? []).map(stopUpdateOf),
});

const textOf = (text: WireText | null | undefined): readonly Translation[] =>
  (text?.translation ?? []).map((one) => present<Translation>({ text: one.text, language: own(one, 'language') }));

const alertOf = (id: string, alert: WireAlert): ServiceAlert => ({
  id,
  ...present<Pick<ServiceAlert, 'cause' | 'effect' | 'severity' | 'url'>>({
    cause: nameOf(causes, own(alert, 'cause')),
    effect: nameOf(effects, own(alert, 'effect')),
    severity: nameOf(severities, own(alert, 'severityLevel')),
    url: alert.url ? textOf(alert.url) : undefined,
  }),
  periods: (alert.activePeriod ?? []).map((period) =>
    present<ServiceAlert['periods'][number]>({ start_ms: ms(own(period, 'start')), end_ms: ms(own(period, 'end')) }),
  ),
  informs: (alert.informedEntity ?? []).map((one) =>
    present<InformedEntity>({
      agency: own(one, 'agencyId'),
      line: own(one, 'routeId'),
      route_type: own(one, 'routeType'),
      direction: own(one, 'directionId'),
      stop: own(one, 'stopId'),
      trip: one.trip ? tripOf(one.trip) : undefined,
    }),
  ),
  header: textOf(alert.headerText),
  description: textOf(alert.descriptionText),
});
