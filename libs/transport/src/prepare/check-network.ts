import type { Pack } from '#libs/games';
import { type Fault, showValue } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { repeatingWeek } from '../gtfs/service-days.js';
import { checkRoads } from '../roads/check-roads.js';
import { checkPatterns } from './check-patterns.js';
import { checkJourneys } from './check-journeys.js';
import { listPatternsOn, type Pattern, patternsOf } from './patterns.js';
import { servesAround, servesDirectly } from './rides.js';

/**
 * What the pack names of its feed and the feed lacks: venue stops, lines, and rides between stops that the line serves in this
 * order (around a loop's terminus is allowed), short turns and expresses, journeys that no lines serve; and what its roads lack for them. A feed that cannot be read gives its own faults.
 */
export const checkNetwork = (
  pack: Pick<Pack, 'games' | 'venues' | 'transport' | 'gtfs' | 'roads'>,
): readonly Fault[] => {
  const read = readGtfs(pack.gtfs);
  if (!read.ok) {
    const { gtfs } = pack.transport;
    return read.error.map((fault) => ({ ...fault, file: fault.file === '' ? gtfs : `${gtfs}/${fault.file}` }));
  }
  return [
    ...checkZone(pack, read.value),
    ...checkStops(pack, read.value),
    ...checkTransportStops(pack, read.value),
    ...checkLines(pack, read.value),
    ...checkPatterns(pack, read.value),
    ...checkJourneys(pack, read.value),
    ...checkRoads(pack, read.value),
  ];
};

const checkZone = ({ games }: Pick<Pack, 'games'>, feed: Feed): readonly Fault[] =>
  feed.agencies
    .filter(({ agency_timezone }) => agency_timezone !== games.time_zone)
    .slice(0, 1)
    .map(({ agency_timezone }) => ({
      file: 'games.yaml',
      path: 'time_zone',
      value: showValue(games.time_zone),
      rule: 'feed_time_zone',
      message: `time_zone must be the feed's agency_timezone, ${agency_timezone}: its times are read in it.`,
    }));

const checkStops = ({ venues }: Pick<Pack, 'venues'>, feed: Feed): readonly Fault[] =>
  venues.flatMap(({ stop }, index) =>
    feed.stops.has(stop)
      ? []
      : [
          {
            file: 'venues.yaml',
            path: `venues[${index}].stop`,
            value: showValue(stop),
            rule: 'unknown_stop',
            message: 'stop must be a stop_id of the feed.',
          },
        ],
  );

const checkTransportStops = ({ transport }: Pick<Pack, 'transport'>, feed: Feed): readonly Fault[] => {
  const named = [
    ...transport.depots.map(({ stop }, index) => ({ stop, path: `depots[${index}].stop` })),
    ...(transport.bays ?? []).map(({ stop }, index) => ({ stop, path: `bays[${index}].stop` })),
    ...(transport.load_zones ?? []).map(({ stop }, index) => ({ stop, path: `load_zones[${index}].stop` })),
  ];
  return named.flatMap(({ stop, path }) =>
    stop === undefined || feed.stops.has(stop)
      ? []
      : [
          {
            file: 'transport.yaml',
            path,
            value: showValue(stop),
            rule: 'unknown_stop',
            message: 'stop must be a stop_id of the feed.',
          },
        ],
  );
};

const checkLines = ({ transport, venues }: Pick<Pack, 'transport' | 'venues'>, feed: Feed): readonly Fault[] => {
  const patterns = patternsOf(feed);
  const stops = new Map(venues.map(({ id, stop }) => [id, stop]));
  return transport.lines.flatMap((line, index) => {
    const path = `lines[${index}]`;
    const week = repeatingWeek(feed).map((day) => listPatternsOn(feed, patterns, line.id, day));
    if (week.every((own) => own.length === 0)) {
      const message = feed.lines.has(line.id)
        ? 'The line must have trips in the feed.'
        : 'id must be a route_id of the feed.';
      return [{ file: 'transport.yaml', path: `${path}.id`, value: showValue(line.id), rule: 'unknown_line', message }];
    }
    return line.rides.flatMap(({ from, to }, ride): Fault[] => {
      const [fromStop, toStop] = [stops.get(from), stops.get(to)];
      if (fromStop === undefined || toStop === undefined) return [];
      // Whatever the weekday, one of its patterns must serve the ride: those of a line that is no loop go one way each.
      if (week.every((own) => own.some((pattern) => serves(pattern, fromStop, toStop)))) return [];
      return [
        {
          file: 'transport.yaml',
          path: `${path}.rides[${ride}]`,
          value: showValue(`${fromStop} -> ${toStop}`),
          rule: 'ride_not_served',
          message: `Line ${line.id} must go from the stop of ${from} to the stop of ${to}.`,
        },
      ];
    });
  });
};

const serves = (pattern: Pattern, from: string, to: string): boolean => {
  const stops = pattern.stops.map(({ stop, offsetS }) => ({ stop, offset_slots: offsetS }));
  return servesDirectly({ stops }, from, to) || servesAround({ stops }, from, to);
};
