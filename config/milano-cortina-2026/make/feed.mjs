import { strToU8, zipSync } from 'fflate';

import { dateOf, DAYS, STEP_MIN, STEPS_A_DAY } from './days.mjs';
import { meanPlaces } from './fleet.mjs';
import { lines } from './lines.mjs';
import { demandOf, sessionDays } from './people.mjs';
import { legMinutes } from './roads.mjs';
import { siteOf, sites } from './sites.mjs';

/** A service day goes from three in the morning to three of the next. */
const FIRST_HOUR = 3;
const HOURS = 24;
const SOMEBODY = 1;
const GROUP_NAMES = {
  spectators: 'spectators',
  athletes: 'athletes and officials',
  workforce: 'workforce',
  media: 'media',
};
const COLOURS = { spectators: '1F6FB2', athletes: '8A3FA0', workforce: '2E7D32', media: 'B4531F' };

const table = (header, rows) =>
  `${[header, ...rows].map((row) => row.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join(',')).join('\n')}\n`;

const clock = (minute) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;

/** People of each hour of a service day. */
const hourly = (series, day) =>
  Array.from({ length: HOURS }, (_, index) => {
    const from = day * STEPS_A_DAY + ((FIRST_HOUR + index) * 60) / STEP_MIN;
    return series.slice(from, from + 60 / STEP_MIN).reduce((sum, value) => sum + value, 0);
  });

/** Departures in each hour of a service day, as many in both directions: enough for the fuller one, and never fewer than `least` from the first person to an hour after the last. */
const departuresByHour = (demand, day, places, least) => {
  const [there, back] = [hourly(demand.there, day), hourly(demand.back, day)];
  const busy = there.map((people, hour) => Math.max(people, back[hour]));
  const [first, last] = [
    busy.findIndex((people) => people >= SOMEBODY),
    busy.findLastIndex((people) => people >= SOMEBODY),
  ];
  return busy.map((people, hour) =>
    first < 0 || hour < first || hour > last + 1 ? 0 : Math.max(least, Math.ceil(people / places)),
  );
};

/** Periods of equal headway: from and until in minutes of the service day, s. */
const headwayPeriods = (departures) => {
  const periods = [];
  departures.forEach((count, index) => {
    const before = periods.at(-1);
    const from = (FIRST_HOUR + index) * 60;
    if (before?.count === count) before.until += 60;
    else periods.push({ count, from, until: from + 60 });
  });
  return periods
    .filter(({ count }) => count > 0)
    .map(({ count, ...period }) => ({ ...period, headwayS: Math.floor(3600 / count) }));
};

/** A line's trips of each day in both directions: the organisers know the sessions of the day, and how many come. */
const tripsOf = (figures, people, line) => {
  const demand = demandOf(people, line);
  const places = meanPlaces(figures, siteOf(line.from).cluster) * figures.get('timetable.load');
  const withSessions = sessionDays(line.to);
  return Array.from({ length: DAYS }, (_, day) => {
    const least = withSessions.includes(day) ? 'timetable.least_with_session' : 'timetable.least_without';
    return { day, periods: headwayPeriods(departuresByHour(demand, day, places, figures.get(least))) };
  })
    .filter(({ periods }) => periods.length > 0)
    .flatMap(({ day, periods }) =>
      ['there', 'back'].map((way) => ({ id: `${line.id}-${way}-${dateOf(day)}`, line, way, day, periods })),
    );
};

/** Stops of a trip with minutes after its departure. */
const callsOf = (figures, { line, way }) => {
  const legs = legMinutes(figures, line);
  const stops = [line.from, ...line.to];
  const order = way === 'there' ? stops : stops.toReversed();
  const minutes = way === 'there' ? legs : legs.toReversed();
  return order.map((stop, index) => ({
    stop,
    minute: minutes.slice(0, index).reduce((sum, leg) => sum + leg, 0),
  }));
};

const headsign = ({ line, way }) => siteOf(way === 'there' ? line.to.at(-1) : line.from).name;

/** The feed as a zip: every line in both directions, with headways by hour on the days of the Games. */
export const makeFeed = (figures, people) => {
  const trips = lines.flatMap((line) => tripsOf(figures, people, line));
  const days = [...new Set(trips.map(({ day }) => day))].sort((a, b) => a - b);
  const served = new Set(lines.flatMap(({ from, to }) => [from, ...to]));
  const files = {
    'agency.txt': table(
      ['agency_id', 'agency_name', 'agency_url', 'agency_timezone', 'agency_lang'],
      [['games', 'Games shuttles (an assumed network)', 'https://example.com/shuttles', 'Europe/Rome', 'en']],
    ),
    'feed_info.txt': table(
      [
        'feed_publisher_name',
        'feed_publisher_url',
        'feed_lang',
        'feed_start_date',
        'feed_end_date',
        'feed_version',
        'feed_contact_url',
      ],
      [
        [
          'Venueflow',
          'https://example.com/shuttles',
          'en',
          dateOf(0),
          dateOf(DAYS - 1),
          '1',
          'https://example.com/shuttles',
        ],
      ],
    ),
    'stops.txt': table(
      ['stop_id', 'stop_name', 'stop_lat', 'stop_lon'],
      sites
        .filter(({ id }) => served.has(id))
        .map(({ id, name }) => [id, name, ...figures.get(`${id}.position`).map((degrees) => degrees.toFixed(4))]),
    ),
    'routes.txt': table(
      ['route_id', 'agency_id', 'route_short_name', 'route_long_name', 'route_type', 'route_color', 'route_text_color'],
      lines.map(({ id, from, to, group }) => [
        id,
        'games',
        id.toUpperCase(),
        `${siteOf(from).name} - ${siteOf(to.at(-1)).name} (${GROUP_NAMES[group]})`,
        '3',
        COLOURS[group],
        'FFFFFF',
      ]),
    ),
    'trips.txt': table(
      ['route_id', 'service_id', 'trip_id', 'trip_headsign', 'direction_id'],
      trips.map((trip) => [trip.line.id, dateOf(trip.day), trip.id, headsign(trip), trip.way === 'there' ? '0' : '1']),
    ),
    'stop_times.txt': table(
      ['trip_id', 'arrival_time', 'departure_time', 'stop_id', 'stop_sequence', 'timepoint'],
      trips.flatMap((trip) =>
        callsOf(figures, trip).map(({ stop, minute }, index) => {
          const time = clock(trip.periods[0].from + minute);
          return [trip.id, time, time, stop, String(index + 1), '1'];
        }),
      ),
    ),
    'frequencies.txt': table(
      ['trip_id', 'start_time', 'end_time', 'headway_secs', 'exact_times'],
      trips.flatMap(({ id, periods }) =>
        periods.map(({ from, until, headwayS }) => [id, clock(from), clock(until), String(headwayS), '1']),
      ),
    ),
    'calendar_dates.txt': table(
      ['service_id', 'date', 'exception_type'],
      days.map((day) => [dateOf(day), dateOf(day), '1']),
    ),
  };
  // A time of its own, in any time zone, so that the same feed is the same bytes.
  const mtime = new Date(2026, 0, 1);
  return {
    zip: zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
      level: 9,
      mtime,
    }),
    trips,
  };
};
