import type { Feed, Headway, Trip } from '../../gtfs/feed.js';
import { formatTime } from '../../day-feed/service-time.js';
import type { TripRef } from '../contract.js';
import { type RealtimeFinding, unless } from './finding.js';

/** Trips that the schedule does not have. */
const ABSENT = new Set<TripRef['relation']>(['added', 'new', 'duplicated', 'unscheduled']);

/** A trip descriptor, wherever it stands. `hasVehicle`: the entity says which vehicle it is. */
export const checkTrip = (ref: TripRef, path: string, feed: Feed, hasVehicle = true): readonly RealtimeFinding[] => {
  const trip = ref.trip === undefined ? undefined : feed.trips.get(ref.trip);
  return [
    ...unless(ref.trip !== undefined, 'W006', `${path}.trip_id`, undefined, 'It should say which trip it is.'),
    ...unless(
      ref.relation !== undefined,
      'W009',
      `${path}.schedule_relationship`,
      undefined,
      'It should say whether the trip is scheduled.',
    ),
    ...unless(
      ref.trip === undefined || trip !== undefined || ABSENT.has(ref.relation),
      'E003',
      `${path}.trip_id`,
      ref.trip,
      'The schedule must have the trip, unless it is added.',
    ),
    ...unless(
      ref.relation !== 'added' || trip === undefined,
      'E016',
      `${path}.trip_id`,
      ref.trip,
      'The schedule has the trip, so that it is not added.',
    ),
    ...unless(
      ref.line === undefined || feed.lines.has(ref.line),
      'E004',
      `${path}.route_id`,
      ref.line,
      'The schedule must have the route.',
    ),
    ...unless(
      ref.start_time === undefined || /^\d{2,3}:[0-5]\d:[0-5]\d$/.test(ref.start_time),
      'E020',
      `${path}.start_time`,
      ref.start_time,
      'A start time is written as 25:15:35.',
    ),
    ...unless(
      ref.start_date === undefined || isDate(ref.start_date),
      'E021',
      `${path}.start_date`,
      ref.start_date,
      'A start date is written as 20260206.',
    ),
    ...(trip ? checkScheduledTrip(ref, trip, path, hasVehicle) : []),
  ];
};

const isDate = (text: string): boolean => {
  if (!/^\d{8}$/.test(text)) return false;
  const day = new Date(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10).replaceAll('-', '') === text;
};

const secondsOf = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
};

const checkScheduledTrip = (
  ref: TripRef,
  trip: Trip,
  path: string,
  hasVehicle: boolean,
): readonly RealtimeFinding[] => {
  const first = trip.stops[0]?.arrivalS;
  return [
    ...unless(
      ref.line === undefined || ref.line === trip.line,
      'E035',
      `${path}.route_id`,
      ref.line,
      `The schedule has the trip on route ${trip.line}.`,
    ),
    ...unless(
      ref.direction === undefined || trip.direction === undefined || ref.direction === trip.direction,
      'E024',
      `${path}.direction_id`,
      ref.direction,
      `The schedule has the trip in direction ${trip.direction ?? ''}.`,
    ),
    ...(trip.headways.length > 0
      ? checkHeadwayTrip(ref, trip, path, hasVehicle)
      : unless(
          ref.start_time === undefined || first === undefined || secondsOf(ref.start_time) === first,
          'E023',
          `${path}.start_time`,
          ref.start_time,
          `The schedule has the trip start at ${formatTime(first ?? 0)}.`,
        )),
  ];
};

/** A trip of frequencies.txt stands for many: it is one of them only with its start. */
const checkHeadwayTrip = (ref: TripRef, trip: Trip, path: string, hasVehicle: boolean): readonly RealtimeFinding[] => {
  const { headways } = trip;
  if (headways.some(({ exact }) => exact)) {
    const start = ref.start_time === undefined ? undefined : secondsOf(ref.start_time);
    return unless(
      start === undefined || headways.some((headway) => isDeparture(start, headway)),
      'E019',
      `${path}.start_time`,
      ref.start_time,
      'The start must be a whole number of headways after the start of its row in frequencies.txt.',
    );
  }
  const advice = 'A trip of frequencies.txt runs many times a day: which one must be said.';
  return [
    ...unless(ref.start_time !== undefined, 'E006', `${path}.start_time`, undefined, advice),
    ...unless(ref.start_date !== undefined, 'E006', `${path}.start_date`, undefined, advice),
    ...unless(
      ref.relation === undefined || ref.relation === 'unscheduled',
      'E013',
      `${path}.schedule_relationship`,
      ref.relation,
      'A trip of frequencies.txt without exact times is unscheduled.',
    ),
    ...unless(
      hasVehicle,
      'W005',
      `${path}.vehicle.id`,
      undefined,
      'A trip of frequencies.txt should say which vehicle drives it.',
    ),
  ];
};

const isDeparture = (start: number, { startS, endS, headwayS }: Headway): boolean =>
  startS <= start && start < endS && (start - startS) % headwayS === 0;
