import { strToU8, zipSync } from 'fflate';

/** A shuttle between two stops and a loop, as text by file. */
export const tinyFeed: Readonly<Record<string, string>> = {
  'agency.txt': 'agency_name,agency_url,agency_timezone\nTiny,http://tiny.example,Europe/Rome\n',
  'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\na,A,46.5,12.1\nb,"B, the upper",46.6,12.2\nc,C,46.7,12.3\n',
  'routes.txt': 'route_id,route_short_name,route_type\nL,Loop,3\nN,Night,3\n',
  'trips.txt': 'route_id,service_id,trip_id\nL,weekdays,l1\nL,weekend,l2\nN,weekdays,n1\n',
  'stop_times.txt': [
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
    'l1,08:00:00,08:00:00,a,1',
    'l1,,,b,2',
    'l1,,,c,5',
    'l1,08:15:00,08:15:00,a,7',
    'l2,09:00:00,09:00:00,a,1',
    'l2,09:06:00,09:06:00,b,2',
    'l2,09:12:00,09:12:00,c,3',
    'l2,09:18:00,09:18:00,a,4',
    'n1,25:10:00,25:10:00,a,1',
    'n1,25:20:00,25:20:00,c,2',
  ].join('\n'),
  'calendar.txt': [
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
    'weekdays,1,1,1,1,1,0,0,20200101,20201231',
    'weekend,0,0,0,0,0,1,1,20200101,20201231',
  ].join('\n'),
  'frequencies.txt': '\uFEFFtrip_id,start_time,end_time,headway_secs, exact_times\nl1,07:00:00,08:00:00,420, 0\n',
};

/** The feed with some files replaced, or left out where undefined. */
export const zipFeed = (changes: Readonly<Record<string, string | undefined>> = {}): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({ ...tinyFeed, ...changes }).flatMap(([name, text]) =>
        text === undefined ? [] : [[name, strToU8(text)]],
      ),
    ),
  );
