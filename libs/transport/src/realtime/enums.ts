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

type Numbers<Name extends string> = Readonly<Record<Name, number>>;

/** The numbers of gtfs-realtime.proto. `deleted` and `new` are younger than the generated bindings. */
export const tripRelations: Numbers<TripRelation> = {
  scheduled: 0,
  added: 1,
  unscheduled: 2,
  canceled: 3,
  replacement: 5,
  duplicated: 6,
  deleted: 7,
  new: 8,
};

export const stopRelations: Numbers<StopRelation> = { scheduled: 0, skipped: 1, no_data: 2, unscheduled: 3 };

export const incrementalities: Numbers<NonNullable<RealtimeFeed['incrementality']>> = {
  full_dataset: 0,
  differential: 1,
};

export const stopStatuses: Numbers<StopStatus> = { incoming_at: 0, stopped_at: 1, in_transit_to: 2 };

export const congestions: Numbers<Congestion> = {
  unknown_congestion_level: 0,
  running_smoothly: 1,
  stop_and_go: 2,
  congestion: 3,
  severe_congestion: 4,
};

export const occupancies: Numbers<Occupancy> = {
  empty: 0,
  many_seats_available: 1,
  few_seats_available: 2,
  standing_room_only: 3,
  crushed_standing_room_only: 4,
  full: 5,
  not_accepting_passengers: 6,
  no_data_available: 7,
  not_boardable: 8,
};

export const causes: Numbers<AlertCause> = {
  unknown_cause: 1,
  other_cause: 2,
  technical_problem: 3,
  strike: 4,
  demonstration: 5,
  accident: 6,
  holiday: 7,
  weather: 8,
  maintenance: 9,
  construction: 10,
  police_activity: 11,
  medical_emergency: 12,
};

export const effects: Numbers<AlertEffect> = {
  no_service: 1,
  reduced_service: 2,
  significant_delays: 3,
  detour: 4,
  additional_service: 5,
  modified_service: 6,
  other_effect: 7,
  unknown_effect: 8,
  stop_moved: 9,
  no_effect: 10,
  accessibility_issue: 11,
};

export const severities: Numbers<AlertSeverity> = { unknown_severity: 1, info: 2, warning: 3, severe: 4 };

/** The name of a number; undefined for one that is unknown here, which protobuf says counts as absent. */
export const nameOf = <Name extends string>(numbers: Numbers<Name>, value: number): Name | undefined =>
  (Object.keys(numbers) as Name[]).find((name) => numbers[name] === value);
