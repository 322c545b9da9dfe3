import { type Pack, sessionsBetween } from '#libs/games';
import type { Fault, Interval } from '#libs/kernel';
import type { Feed } from '#libs/transport';
import { assetsOf } from './assets-of.js';
import { sizeOfFleet } from './apply-overlays.js';
import type { Overlay, OverlayOf } from './overlay-schema.js';

/** What is wrong with overlays on a pack: names that it does not have, and two that say different things of one. */
export const checkOverlays = (
  pack: Pack,
  feed: Feed,
  overlays: readonly Overlay[],
  day: Interval,
): readonly Fault[] => [
  ...overlays.flatMap((one, at) => checkOne(pack, feed, one, `overlays[${at}]`, day)),
  ...overlays.flatMap((one, at) => {
    const first = overlays.findIndex((other) => isClash(other, one));
    if (first === at || first < 0) return [];
    const message = `overlays[${first}] says already what is otherwise there; leave one of the two`;
    return [faultOf(`overlays[${at}]`, targetOf(one) ?? '', 'clash', message)];
  }),
];

const faultOf = (path: string, value: string, rule: string, message: string): Fault => ({
  file: 'scenario.yaml',
  path,
  value,
  rule,
  message,
});

const checkOne = (pack: Pack, feed: Feed, one: Overlay, path: string, day: Interval): readonly Fault[] => {
  const among = (key: string, value: string | undefined, known: readonly string[]): readonly Fault[] =>
    value === undefined || known.includes(value)
      ? []
      : [
          faultOf(
            `${path}.${key}`,
            value,
            'unknown',
            known.length === 0 ? 'there is none on that day' : `one of ${listed(known)}`,
          ),
        ];
  const venues = pack.venues.map(({ id }) => id);
  switch (one.kind) {
    case 'attendance':
    case 'import_limit':
    case 'battery':
      return among('venue', one.venue, venues);
    case 'asset':
      return [
        ...among('venue', one.venue, venues),
        ...(venues.includes(one.venue)
          ? among('asset', one.asset, pack.venues.filter(({ id }) => id === one.venue).flatMap(assetsOf))
          : []),
        ...checkWindow(one, path),
      ];
    case 'session':
      return among(
        'session',
        one.session,
        sessionsBetween(pack, day).map(({ id }) => id),
      );
    case 'fleet': {
      const size = sizeOfFleet(pack.transport.fleet, one);
      return size > 0 ? [] : [faultOf(path, String(size), 'positive', 'a fleet of at least one vehicle')];
    }
    case 'line':
      return [
        ...among('line', one.line, linesOf(feed)),
        ...(one.headway_scale !== undefined &&
        [...feed.trips.values()].some(({ line, headways }) => line === one.line && headways.length === 0)
          ? [
              faultOf(
                `${path}.headway_scale`,
                one.line,
                'headways',
                'a line that runs by headways; this one has a timetable',
              ),
            ]
          : []),
      ];
    case 'road':
      return [...(one.lines ?? []).flatMap((line) => among('lines', line, linesOf(feed))), ...checkWindow(one, path)];
    case 'weather':
      return checkWindow(one, path);
    case 'feeder_trip':
      return [
        ...among(
          'feeder',
          one.feeder,
          pack.feeders.map(({ id }) => id),
        ),
        ...checkTrip(one, path),
      ];
    case 'sensor':
      return [
        ...among('venue', one.venue, venues),
        ...(venues.includes(one.venue) ? among('point', one.point, countersOf(pack, one.venue)) : []),
        ...checkWindow(one, path),
      ];
    case 'tariff':
      return [];
  }
};

const linesOf = (feed: Feed): readonly string[] => [...new Set([...feed.trips.values()].map(({ line }) => line))];

const countersOf = (pack: Pack, venue: string): readonly string[] =>
  pack.gateways
    .filter((gateway) => gateway.venue === venue)
    .flatMap(({ points }) => points)
    .filter(({ unit }) => unit === 'people')
    .map(({ id }) => id);

const checkWindow = (
  { from = '00:00', until = '24:00' }: { readonly from?: string | undefined; readonly until?: string | undefined },
  path: string,
): readonly Fault[] => (from < until ? [] : [faultOf(`${path}.until`, until, 'order', `a time after ${from}`)]);

const checkTrip = ({ from, minutes }: OverlayOf<'feeder_trip'>, path: string): readonly Fault[] => {
  const [hours = 0, past = 0] = from.split(':').map(Number);
  const left = (24 - hours) * 60 - past;
  return minutes <= left
    ? []
    : [faultOf(`${path}.minutes`, String(minutes), 'order', `at most the ${left} min from ${from} to midnight`)];
};

const MOST_NAMED = 12;
const listed = (names: readonly string[]): string =>
  names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
    : names.join(', ');

/** What an overlay is about; two about the same clash, unless both only scale driving, people or limits. */
const targetOf = (one: Overlay): string | undefined => {
  switch (one.kind) {
    case 'fleet':
    case 'tariff':
      return one.kind;
    case 'line':
      return `line ${one.line}`;
    case 'session':
      return `session ${one.session}`;
    case 'battery':
      return `battery of ${one.venue}`;
    case 'feeder_trip':
      return `feeder ${one.feeder}`;
    default:
      return undefined;
  }
};

const isClash = (a: Overlay, b: Overlay): boolean => targetOf(a) !== undefined && targetOf(a) === targetOf(b);
