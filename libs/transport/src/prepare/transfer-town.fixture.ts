import type { Pack } from '#libs/games';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import { tinyPack } from './tiny-pack.fixture.js';

const EVERY_DAY = 'all,1,1,1,1,1,1,1,20200101,20201231';

/** Stop d lies 276.9 m north of b: five minutes on foot. All others are far apart. */
const STOPS = [
  'stop_id,stop_name,stop_lat,stop_lon',
  'a,A,46.5,12.1',
  'b,B,46.6,12.1',
  'c,C,46.7,12.1',
  'd,D,46.6024903,12.1',
  'e,E,46.8,12.1',
  'f,F,46.9,12.1',
].join('\n');

/** A line with its headway and ride time in minutes. */
interface TownLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly headway: number;
  readonly ride: number;
  /** From the first hour until before the second; absent: from 6 to 22. */
  readonly hours?: readonly [number, number];
}

/** U goes from a to b, V from b on to c, W from d on to e: every ten minutes, ten minutes long. Nothing goes to f. */
export const UVW: readonly TownLine[] = [
  { id: 'U', from: 'a', to: 'b', headway: 10, ride: 10 },
  { id: 'V', from: 'b', to: 'c', headway: 10, ride: 10 },
  { id: 'W', from: 'd', to: 'e', headway: 10, ride: 10 },
];

export const zipTown = (lines: readonly TownLine[]): Uint8Array => {
  const rows = (header: string, each: (line: TownLine) => string): string => [header, ...lines.map(each)].join('\n');
  return zipFeed({
    'stops.txt': STOPS,
    'routes.txt': rows('route_id,route_short_name,route_type', ({ id }) => `${id},${id},3`),
    'trips.txt': rows('route_id,service_id,trip_id', ({ id }) => `${id},all,${id}1`),
    'stop_times.txt': rows(
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      ({ id, from, to, ride }) => `${id}1,06:00:00,06:00:00,${from},1\n${id}1,06:${ride}:00,06:${ride}:00,${to},2`,
    ),
    'calendar.txt': `service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n${EVERY_DAY}`,
    'frequencies.txt': rows(
      'trip_id,start_time,end_time,headway_secs,exact_times',
      ({ id, headway, hours: [from, until] = [6, 22] }) => `${id}1,${from}:00:00,${until}:00:00,${headway * 60},1`,
    ),
  });
};

export const townFeed = (lines: readonly TownLine[]) => {
  const read = readGtfs(zipTown(lines));
  if (!read.ok) throw new Error('The feed of the town must read.');
  return read.value;
};

type Journey = NonNullable<Pack['transport']['journeys']>[number];

/** Half of whom the gates of the venue at a count out go to the venue at a stop. */
export const journeyTo = (stop: string, changes: Partial<Journey> = {}): Journey => ({
  from: 'at-a',
  to: `at-${stop}`,
  group: 'visitors',
  count: { venue: 'at-a', point: 'gates.out' },
  share: 0.5,
  ...changes,
});

/** A venue at every stop, four buses, and no ride on any line: journeys only. */
export const townPack = (lines: readonly TownLine[], ...journeys: readonly Journey[]) => ({
  ...tinyPack,
  venues: ['a', 'b', 'c', 'd', 'e', 'f'].map((stop) => ({
    id: `at-${stop}`,
    name: stop.toUpperCase(),
    stop,
    grid: { feeder: 'f', import_limit_kw: 100, export_limit_kw: 0 },
  })),
  transport: {
    ...tinyPack.transport,
    fleet: [{ prefix: 'bus', count: 4, type: 'bus', depot: 'depot' }],
    lines: lines.map(({ id }) => ({ id, rides: [] })),
    journeys: [...journeys],
  },
});
