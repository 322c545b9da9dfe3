import type { Row } from './rows.js';

/** A stop of a trip; times are seconds of the service day, both known. */
export interface StopTime {
  readonly stop: string;
  readonly arrivalS: number;
  readonly departureS: number;
}

/** Departures from `startS` every `headwayS`, before `endS`; seconds of the service day. */
export interface Headway {
  readonly startS: number;
  readonly endS: number;
  readonly headwayS: number;
}

export interface Trip {
  readonly id: string;
  readonly line: string;
  readonly service: string;
  /** In order; at least two. */
  readonly stops: readonly StopTime[];
  /** Empty: the trip runs once, at its own times. */
  readonly headways: readonly Headway[];
}

export interface Service {
  readonly calendar: Row<'calendar.txt'> | undefined;
  /** Civil days (midnight, ms) added to the calendar, and taken from it. */
  readonly added: ReadonlySet<number>;
  readonly removed: ReadonlySet<number>;
}

/** A GTFS schedule whose references all resolve. A line is a GTFS route. */
export interface Feed {
  readonly agencies: readonly Row<'agency.txt'>[];
  readonly stops: ReadonlyMap<string, Row<'stops.txt'>>;
  readonly lines: ReadonlyMap<string, Row<'routes.txt'>>;
  readonly trips: ReadonlyMap<string, Trip>;
  readonly services: ReadonlyMap<string, Service>;
}
