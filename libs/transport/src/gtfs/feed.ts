import type { Extra } from './schema/field.js';
import type { Row } from './schema/schedule-tables.js';

export type Agency = Row<'agency.txt'>;
export type Stop = Row<'stops.txt'>;
/** A GTFS route. */
export type Line = Row<'routes.txt'>;
export type Calendar = Row<'calendar.txt'>;
export type Transfer = Row<'transfers.txt'>;
export type FeedInfo = Row<'feed_info.txt'>;

/** What a stop time says beside stop and times. Stop times that say the same may share one object. */
export interface StopTimeDetails {
  readonly headsign?: string;
  /** 0 regular, 1 none, 2 by phone, 3 by the driver; so are the other three. */
  readonly pickupType?: number;
  readonly dropOffType?: number;
  readonly continuousPickup?: number;
  readonly continuousDropOff?: number;
  /** 1: times are exact, 0: about. */
  readonly timepoint?: number;
  readonly more?: Extra;
}

/** A stop of a trip; times are seconds of the service day, both known. */
export interface StopTime {
  readonly stop: string;
  readonly arrivalS: number;
  readonly departureS: number;
  /** The feed has no times here; these lie evenly between those around, and are not written. */
  readonly interpolated?: true;
  /** `stop_sequence`: rises along the trip. Absent: the place in the trip, from 1. */
  readonly sequence?: number;
  /** In the unit of the shape's distances. */
  readonly shapeDistance?: number;
  readonly details?: StopTimeDetails;
}

/** Departures from `startS` every `headwayS`, before `endS`; seconds of the service day. */
export interface Headway {
  readonly startS: number;
  readonly endS: number;
  readonly headwayS: number;
  /** `exact_times`: the departures are a timetable and not only a rhythm. Absent: not said, which means no. */
  readonly exact?: boolean;
  readonly more?: Extra;
}

export interface Trip {
  readonly id: string;
  readonly line: string;
  readonly service: string;
  /** Name of its pattern, where somebody gave it one. Absent: patterns of a line are numbered. */
  readonly pattern?: string;
  /** In order; at least two. */
  readonly stops: readonly StopTime[];
  /** Empty: the trip runs once, at its own times. */
  readonly headways: readonly Headway[];
  readonly headsign?: string;
  readonly shortName?: string;
  /** `direction_id`: 0 or 1. */
  readonly direction?: number;
  readonly block?: string;
  /** A key of the feed's shapes. */
  readonly shape?: string;
  /** 1 yes, 2 no; 0 not known. So are bikes and cars. */
  readonly wheelchairAccessible?: number;
  readonly bikesAllowed?: number;
  readonly carsAllowed?: number;
  readonly more?: Extra;
}

export interface Service {
  readonly calendar: Calendar | undefined;
  /** Civil days (midnight, ms) added to the calendar, and taken from it. */
  readonly added: ReadonlySet<number>;
  readonly removed: ReadonlySet<number>;
  /** Other columns of these days in `calendar_dates.txt`. */
  readonly notes?: ReadonlyMap<number, Extra>;
}

export interface ShapePoint {
  readonly lat: number;
  readonly lon: number;
  /** Rises along the shape. */
  readonly sequence: number;
  /** From the shape's start, in the feed's unit. */
  readonly distance?: number;
  readonly more?: Extra;
}

/** A GTFS schedule whose references all resolve. A line is a GTFS route. */
export interface Feed {
  readonly agencies: readonly Agency[];
  readonly stops: ReadonlyMap<string, Stop>;
  readonly lines: ReadonlyMap<string, Line>;
  readonly trips: ReadonlyMap<string, Trip>;
  readonly services: ReadonlyMap<string, Service>;
  /** Points in order. */
  readonly shapes: ReadonlyMap<string, readonly ShapePoint[]>;
  readonly transfers: readonly Transfer[];
  readonly info: FeedInfo | undefined;
  /** Files that nothing here reads (fares, pathways, what GTFS does not name), by name, as bytes. */
  readonly otherFiles: ReadonlyMap<string, Uint8Array>;
}
