import type { transit_realtime } from 'gtfs-realtime-bindings';
import type {
  AlertCause,
  AlertEffect,
  AlertSeverity,
  Congestion,
  Occupancy,
  RealtimeFeed,
  StopRelation,
  StopStatus,
  TripRelation,
} from './contract.js';
import { Alert, FeedHeader, TripDescriptor, TripUpdate, VehiclePosition } from './wire.js';

/** Younger than the generated bindings. */
const YOUNGER: Readonly<Record<'deleted' | 'new', number>> = { deleted: 7, new: 8 };

/** Names here, numbers of gtfs-realtime.proto. */
export const tripRelations: Readonly<Record<TripRelation, transit_realtime.TripDescriptor.ScheduleRelationship>> = {
  scheduled: TripDescriptor.ScheduleRelationship.SCHEDULED,
  added: TripDescriptor.ScheduleRelationship.ADDED,
  unscheduled: TripDescriptor.ScheduleRelationship.UNSCHEDULED,
  canceled: TripDescriptor.ScheduleRelationship.CANCELED,
  replacement: TripDescriptor.ScheduleRelationship.REPLACEMENT,
  duplicated: TripDescriptor.ScheduleRelationship.DUPLICATED,
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the generated enum lacks them
  ...YOUNGER,
};

export const stopRelations: Readonly<
  Record<StopRelation, transit_realtime.TripUpdate.StopTimeUpdate.ScheduleRelationship>
> = {
  scheduled: TripUpdate.StopTimeUpdate.ScheduleRelationship.SCHEDULED,
  skipped: TripUpdate.StopTimeUpdate.ScheduleRelationship.SKIPPED,
  no_data: TripUpdate.StopTimeUpdate.ScheduleRelationship.NO_DATA,
  unscheduled: TripUpdate.StopTimeUpdate.ScheduleRelationship.UNSCHEDULED,
};

export const incrementalities: Readonly<
  Record<NonNullable<RealtimeFeed['incrementality']>, transit_realtime.FeedHeader.Incrementality>
> = {
  full_dataset: FeedHeader.Incrementality.FULL_DATASET,
  differential: FeedHeader.Incrementality.DIFFERENTIAL,
};

export const stopStatuses: Readonly<Record<StopStatus, transit_realtime.VehiclePosition.VehicleStopStatus>> = {
  incoming_at: VehiclePosition.VehicleStopStatus.INCOMING_AT,
  stopped_at: VehiclePosition.VehicleStopStatus.STOPPED_AT,
  in_transit_to: VehiclePosition.VehicleStopStatus.IN_TRANSIT_TO,
};

export const congestions: Readonly<Record<Congestion, transit_realtime.VehiclePosition.CongestionLevel>> = {
  unknown_congestion_level: VehiclePosition.CongestionLevel.UNKNOWN_CONGESTION_LEVEL,
  running_smoothly: VehiclePosition.CongestionLevel.RUNNING_SMOOTHLY,
  stop_and_go: VehiclePosition.CongestionLevel.STOP_AND_GO,
  congestion: VehiclePosition.CongestionLevel.CONGESTION,
  severe_congestion: VehiclePosition.CongestionLevel.SEVERE_CONGESTION,
};

export const occupancies: Readonly<Record<Occupancy, transit_realtime.VehiclePosition.OccupancyStatus>> = {
  empty: VehiclePosition.OccupancyStatus.EMPTY,
  many_seats_available: VehiclePosition.OccupancyStatus.MANY_SEATS_AVAILABLE,
  few_seats_available: VehiclePosition.OccupancyStatus.FEW_SEATS_AVAILABLE,
  standing_room_only: VehiclePosition.OccupancyStatus.STANDING_ROOM_ONLY,
  crushed_standing_room_only: VehiclePosition.OccupancyStatus.CRUSHED_STANDING_ROOM_ONLY,
  full: VehiclePosition.OccupancyStatus.FULL,
  not_accepting_passengers: VehiclePosition.OccupancyStatus.NOT_ACCEPTING_PASSENGERS,
  no_data_available: VehiclePosition.OccupancyStatus.NO_DATA_AVAILABLE,
  not_boardable: VehiclePosition.OccupancyStatus.NOT_BOARDABLE,
};

export const causes: Readonly<Record<AlertCause, transit_realtime.Alert.Cause>> = {
  unknown_cause: Alert.Cause.UNKNOWN_CAUSE,
  other_cause: Alert.Cause.OTHER_CAUSE,
  technical_problem: Alert.Cause.TECHNICAL_PROBLEM,
  strike: Alert.Cause.STRIKE,
  demonstration: Alert.Cause.DEMONSTRATION,
  accident: Alert.Cause.ACCIDENT,
  holiday: Alert.Cause.HOLIDAY,
  weather: Alert.Cause.WEATHER,
  maintenance: Alert.Cause.MAINTENANCE,
  construction: Alert.Cause.CONSTRUCTION,
  police_activity: Alert.Cause.POLICE_ACTIVITY,
  medical_emergency: Alert.Cause.MEDICAL_EMERGENCY,
};

export const effects: Readonly<Record<AlertEffect, transit_realtime.Alert.Effect>> = {
  no_service: Alert.Effect.NO_SERVICE,
  reduced_service: Alert.Effect.REDUCED_SERVICE,
  significant_delays: Alert.Effect.SIGNIFICANT_DELAYS,
  detour: Alert.Effect.DETOUR,
  additional_service: Alert.Effect.ADDITIONAL_SERVICE,
  modified_service: Alert.Effect.MODIFIED_SERVICE,
  other_effect: Alert.Effect.OTHER_EFFECT,
  unknown_effect: Alert.Effect.UNKNOWN_EFFECT,
  stop_moved: Alert.Effect.STOP_MOVED,
  no_effect: Alert.Effect.NO_EFFECT,
  accessibility_issue: Alert.Effect.ACCESSIBILITY_ISSUE,
};

export const severities: Readonly<Record<AlertSeverity, transit_realtime.Alert.SeverityLevel>> = {
  unknown_severity: Alert.SeverityLevel.UNKNOWN_SEVERITY,
  info: Alert.SeverityLevel.INFO,
  warning: Alert.SeverityLevel.WARNING,
  severe: Alert.SeverityLevel.SEVERE,
};

/** The name of a number; undefined for one that is unknown here, which protobuf says counts as absent. */
export const nameOf = <Name extends string>(
  numbers: Readonly<Record<Name, number>>,
  value: number | undefined,
): Name | undefined => (Object.keys(numbers) as Name[]).find((name) => numbers[name] === value);
