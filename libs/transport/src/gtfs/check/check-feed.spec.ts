import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { unpack } from '../archive.js';
import { zipFeed } from '../tiny-feed.fixture.js';
import { checkFeed } from './check-feed.js';
import { MAX_SAMPLES } from './notice-book.js';

const today = Date.UTC(2020, 5, 1);

const findingsOf = (zip: Uint8Array) => {
  const files = unpack(zip);
  if (!files.ok) throw new Error(files.error.message);
  return checkFeed(files.value, { today });
};

/** The places that a rule names in the tiny feed with some files replaced. */
const placesOf = (rule: string, changes: Readonly<Record<string, string | undefined>>) =>
  findingsOf(zipFeed(changes))
    .filter((finding) => finding.rule === rule)
    .flatMap(({ severity, notices }) => notices.map(({ file, row, field }) => [severity, file, row, field]));

const stops = (...rows: string[]) => ({
  'stops.txt': [
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code,stop_desc',
    ...rows,
  ].join('\n'),
});
const placed = ['a,A,46.5,12.1,,,,', 'b,B,46.6,12.2,,,,', 'c,C,46.7,12.3,,,,'];
const routes = (...rows: string[]) => ({
  'routes.txt': [
    'route_id,agency_id,route_short_name,route_long_name,route_desc,route_type,route_color,route_text_color',
    ...rows,
  ].join('\n'),
});
const times = (...rows: string[]) => ({
  'frequencies.txt': undefined,
  'trips.txt': 'route_id,service_id,trip_id,block_id,shape_id\nL,weekdays,t,k,s\nL,weekdays,u,k,s\n',
  'shapes.txt':
    'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled\ns,46.5,12.1,1,0\ns,46.6,12.2,2,14\ns,46.7,12.3,3,28\n',
  'stop_times.txt': [
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,timepoint',
    ...rows,
  ].join('\n'),
});
const shape = (...rows: string[]) => ({
  ...times('t,8:00:00,8:00:00,a,1,,', 't,9:00:00,9:00:00,c,2,,'),
  'shapes.txt': ['shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled', ...rows].join('\n'),
});
const info = (row: string) => ({
  'feed_info.txt': `feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version\n${row}\n`,
});
const headways = (...rows: string[]) => ({
  'frequencies.txt': ['trip_id,start_time,end_time,headway_secs', ...rows].join('\n'),
});
const agencies = (...rows: string[]) => ({
  'agency.txt': [
    'agency_id,agency_name,agency_url,agency_timezone,agency_lang,agency_phone,agency_email',
    ...rows,
  ].join('\n'),
});
const calendar = (row: string) => ({
  'calendar.txt': `service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweekend,0,0,0,0,0,1,1,20200101,20201231\n${row}\n`,
});

describe('checkFeed', () => {
  it.each([
    ['missing_required_file', { 'stops.txt': undefined }, ['ERROR', 'stops.txt', undefined, undefined]],
    ['missing_recommended_file', {}, ['WARNING', 'feed_info.txt', undefined, undefined]],
    ['missing_calendar_and_calendar_date_files', { 'calendar.txt': undefined }, ['ERROR', 'calendar.txt', undefined, undefined]],
    ['unknown_file', { 'gates.txt': 'gate\n1' }, ['INFO', 'gates.txt', undefined, undefined]],
    ['empty_file', { 'routes.txt': '' }, ['ERROR', 'routes.txt', undefined, undefined]],
    ['missing_required_column', { 'routes.txt': 'route_id\nL' }, ['ERROR', 'routes.txt', 1, 'route_type']],
    ['missing_required_field', { 'routes.txt': 'route_id,route_type\nL,\nN,3' }, ['ERROR', 'routes.txt', 2, 'route_type']],
    ['missing_recommended_field', info('V,http://v.it,it,20200101,20201231,'), ['WARNING', 'feed_info.txt', 2, 'feed_version']],
    ['unknown_column', { 'routes.txt': 'route_id,route_type,colour\nL,3,\nN,3,' }, ['INFO', 'routes.txt', 1, 'colour']],
    ['duplicated_column', { 'routes.txt': 'route_id,route_type,route_type\nL,3,3\nN,3,3' }, ['ERROR', 'routes.txt', 1, 'route_type']],
    ['empty_column_name', { 'routes.txt': 'route_id,route_type,\nL,3,\nN,3,' }, ['ERROR', 'routes.txt', 1, undefined]],
    ['empty_row', { 'routes.txt': 'route_id,route_type\nL,3\n   \nN,3' }, ['WARNING', 'routes.txt', 3, undefined]],
    ['invalid_row_length', { 'routes.txt': 'route_id,route_type\nL,3\nN,3,x' }, ['ERROR', 'routes.txt', 3, undefined]],
    ['csv_parsing_failed', { 'routes.txt': 'route_id,route_type\nL,3\n"N,3' }, ['ERROR', 'routes.txt', 3, undefined]],
    ['new_line_in_value', { 'routes.txt': 'route_id,route_long_name,route_type\nL,"Lo\nop",3\nN,Night,3' }, ['ERROR', 'routes.txt', 3, 'route_long_name']],
    ['leading_or_trailing_whitespaces', routes('L,,L," Loop",,3,,', 'N,,N,,,3,,'), ['WARNING', 'routes.txt', 2, 'route_long_name']],
    ['non_ascii_or_non_printable_char', stops(...placed, 'ü,U,46,12,,,,'), ['WARNING', 'stops.txt', 5, 'stop_id']],
    ['mixed_case_recommended_field', stops('a,UPPER STATION,46.5,12.1,,,,', ...placed.slice(1)), ['WARNING', 'stops.txt', 2, 'stop_name']],
    ['duplicate_key', { 'routes.txt': 'route_id,route_type\nL,3\nN,3\nL,3' }, ['ERROR', 'routes.txt', 4, 'route_id']],
    ['foreign_key_violation', { 'trips.txt': 'route_id,service_id,trip_id\nL,never,l1\nL,weekend,l2\nN,weekdays,n1' }, ['ERROR', 'trips.txt', 2, 'service_id']],
    ['more_than_one_entity', info('V,http://v.it,it,,,\nW,http://w.it,it,,,'), ['WARNING', 'feed_info.txt', 3, undefined]],
    ['invalid_date', calendar('weekdays,1,1,1,1,1,0,0,20200230,20201231'), ['ERROR', 'calendar.txt', 3, 'start_date']],
    ['invalid_time', headways('l1,7:00,8:00:00,60'), ['ERROR', 'frequencies.txt', 2, 'start_time']],
    ['invalid_float', stops('a,A,north,12.1,,,,', ...placed.slice(1)), ['ERROR', 'stops.txt', 2, 'stop_lat']],
    ['invalid_integer', { 'routes.txt': 'route_id,route_type\nL,bus\nN,3' }, ['ERROR', 'routes.txt', 2, 'route_type']],
    ['invalid_color', routes('L,,L,,,3,#00573C,', 'N,,N,,,3,,'), ['ERROR', 'routes.txt', 2, 'route_color']],
    ['invalid_currency', { 'fare_attributes.txt': 'fare_id,price,currency_type,payment_method,transfers\nf,1,LIRA,0,0' }, ['ERROR', 'fare_attributes.txt', 2, 'currency_type']],
    ['invalid_email', agencies('T,Tiny,http://t.it,Europe/Rome,,,nobody'), ['ERROR', 'agency.txt', 2, 'agency_email']],
    ['invalid_language_code', agencies('T,Tiny,http://t.it,Europe/Rome,italian language,,'), ['ERROR', 'agency.txt', 2, 'agency_lang']],
    ['invalid_phone_number', agencies('T,Tiny,http://t.it,Europe/Rome,,none,'), ['ERROR', 'agency.txt', 2, 'agency_phone']],
    ['invalid_timezone', agencies('T,Tiny,http://t.it,Europe/Cortina,,,'), ['ERROR', 'agency.txt', 2, 'agency_timezone']],
    ['invalid_url', agencies('T,Tiny,t.it,Europe/Rome,,,'), ['ERROR', 'agency.txt', 2, 'agency_url']],
    ['number_out_of_range', stops('a,A,95,12.1,,,,', ...placed.slice(1)), ['ERROR', 'stops.txt', 2, 'stop_lat']],
    ['unexpected_enum_value', { 'routes.txt': 'route_id,route_type\nL,99\nN,3' }, ['WARNING', 'routes.txt', 2, 'route_type']],
    ['inconsistent_agency_timezone', agencies('T,Tiny,http://t.it,Europe/Rome,,,', 'U,Uno,http://u.it,Europe/Paris,,,'), ['ERROR', 'agency.txt', 3, 'agency_timezone']],
    ['missing_required_agency_id', agencies('T,Tiny,http://t.it,Europe/Rome,,,', ',Uno,http://u.it,Europe/Rome,,,'), ['ERROR', 'agency.txt', 3, 'agency_id']],
    ['feed_info_lang_and_agency_lang_mismatch', { ...agencies('T,Tiny,http://t.it,Europe/Rome,de,,'), ...info('V,http://v.it,it,,,') }, ['WARNING', 'agency.txt', 2, 'agency_lang']],
    ['stop_without_location', stops('a,A,,,,,,', ...placed.slice(1)), ['ERROR', 'stops.txt', 2, 'stop_lat']],
    ['missing_stop_name', stops('a,,46.5,12.1,,,,', ...placed.slice(1)), ['ERROR', 'stops.txt', 2, 'stop_name']],
    ['point_near_origin', stops('a,A,0,0,,,,', ...placed.slice(1)), ['ERROR', 'stops.txt', 2, 'stop_lat']],
    ['point_near_pole', stops('a,A,89.5,0,,,,', ...placed.slice(1)), ['ERROR', 'stops.txt', 2, 'stop_lat']],
    ['stop_without_stop_time', stops(...placed, 'd,D,46,12,,,,'), ['WARNING', 'stops.txt', 5, 'stop_id']],
    ['location_with_unexpected_stop_time', stops('a,A,46.5,12.1,1,,,', ...placed.slice(1)), ['ERROR', 'stops.txt', 2, 'stop_id']],
    ['unused_station', stops(...placed, 's,S,46,12,1,,,'), ['INFO', 'stops.txt', 5, 'stop_id']],
    ['location_without_parent_station', stops(...placed, 'e,E,46,12,2,,,'), ['ERROR', 'stops.txt', 5, 'parent_station']],
    ['station_with_parent_station', stops(...placed, 's,S,46,12,1,a,,'), ['ERROR', 'stops.txt', 5, 'parent_station']],
    ['wrong_parent_location_type', stops('a,A,46.5,12.1,,b,,', ...placed.slice(1)), ['ERROR', 'stops.txt', 2, 'parent_station']],
    ['platform_without_parent_station', stops('a,A,46.5,12.1,,,1,', ...placed.slice(1)), ['INFO', 'stops.txt', 2, 'parent_station']],
    ['same_name_and_description_for_stop', stops('a,A,46.5,12.1,,,,a', ...placed.slice(1)), ['WARNING', 'stops.txt', 2, 'stop_desc']],
    ['route_both_short_and_long_name_missing', routes('L,,,,,3,,', 'N,,N,,,3,,'), ['ERROR', 'routes.txt', 2, 'route_short_name']],
    ['route_short_name_too_long', routes('L,,Loop of the lake,,,3,,', 'N,,N,,,3,,'), ['WARNING', 'routes.txt', 2, 'route_short_name']],
    ['route_long_name_contains_short_name', routes('L,,L,L - Loop,,3,,', 'N,,N,,,3,,'), ['WARNING', 'routes.txt', 2, 'route_long_name']],
    ['same_name_and_description_for_route', routes('L,,L,,l,3,,', 'N,,N,,,3,,'), ['WARNING', 'routes.txt', 2, 'route_desc']],
    ['route_color_contrast', routes('L,,L,,,3,FFFFFF,EEEEEE', 'N,,N,,,3,,'), ['WARNING', 'routes.txt', 2, 'route_text_color']],
    ['duplicate_route_name', routes('L,,L,,,3,,', 'N,,L,,,3,,'), ['WARNING', 'routes.txt', 3, 'route_short_name']],
    ['start_and_end_range_out_of_order', calendar('weekdays,1,1,1,1,1,0,0,20201231,20200101'), ['ERROR', 'calendar.txt', 3, 'end_date']],
    ['service_has_no_active_day_of_the_week', calendar('weekdays,0,0,0,0,0,0,0,20200101,20201231'), ['WARNING', 'calendar.txt', 3, 'service_id']],
    ['expired_calendar', calendar('weekdays,1,1,1,1,1,0,0,20190101,20191231'), ['WARNING', 'calendar.txt', 3, 'service_id']],
    ['feed_expiration_date7_days', info('V,http://v.it,it,20200101,20200605,1'), ['WARNING', 'feed_info.txt', 2, 'feed_end_date']],
    ['feed_expiration_date30_days', info('V,http://v.it,it,20200101,20200615,1'), ['WARNING', 'feed_info.txt', 2, 'feed_end_date']],
    ['missing_feed_contact_email_and_url', info('V,http://v.it,it,,,1'), ['WARNING', 'feed_info.txt', 2, 'feed_contact_email']],
    ['missing_feed_info_date', info('V,http://v.it,it,20200101,,1'), ['WARNING', 'feed_info.txt', 2, 'feed_end_date']],
    ['start_and_end_range_equal', headways('l1,7:00:00,7:00:00,60'), ['ERROR', 'frequencies.txt', 2, 'end_time']],
    ['overlapping_frequency', headways('l1,7:00:00,8:00:00,60', 'l1,7:30:00,9:00:00,60'), ['ERROR', 'frequencies.txt', 3, 'start_time']],
    ['stop_time_with_arrival_before_previous_departure_time', times('t,8:00:00,8:00:00,a,1,,', 't,7:00:00,7:00:00,b,2,,'), ['ERROR', 'stop_times.txt', 3, 'arrival_time']],
    ['stop_time_with_only_arrival_or_departure_time', times('t,8:00:00,8:00:00,a,1,,', 't,9:00:00,,b,2,,'), ['ERROR', 'stop_times.txt', 3, 'departure_time']],
    ['stop_time_timepoint_without_times', times('t,8:00:00,8:00:00,a,1,,', 't,,,b,2,,1', 't,9:00:00,9:00:00,c,3,,'), ['ERROR', 'stop_times.txt', 3, 'arrival_time']],
    ['missing_timepoint_value', times('t,8:00:00,8:00:00,a,1,,1', 't,9:00:00,9:00:00,b,2,,'), ['WARNING', 'stop_times.txt', 3, 'timepoint']],
    ['missing_trip_edge', times('t,8:00:00,8:00:00,a,1,,', 't,9:00:00,,b,2,,'), ['ERROR', 'stop_times.txt', 3, 'departure_time']],
    ['unusable_trip', times('t,8:00:00,8:00:00,a,1,,'), ['WARNING', 'trips.txt', 2, 'trip_id']],
    ['unused_trip', times('t,8:00:00,8:00:00,a,1,,', 't,9:00:00,9:00:00,b,2,,'), ['WARNING', 'trips.txt', 3, 'trip_id']],
    ['decreasing_or_equal_stop_time_distance', times('t,8:00:00,8:00:00,a,1,5,', 't,9:00:00,9:00:00,b,2,5,'), ['ERROR', 'stop_times.txt', 3, 'shape_dist_traveled']],
    ['fast_travel_between_consecutive_stops', times('t,8:00:00,8:00:00,a,1,,', 't,8:01:00,8:01:00,b,2,,'), ['WARNING', 'stop_times.txt', 3, 'arrival_time']],
    ['fast_travel_between_far_stops', times('t,8:00:00,8:00:00,a,1,,', 't,,,b,2,,', 't,8:05:00,8:05:00,c,3,,'), ['WARNING', 'stop_times.txt', 4, 'arrival_time']],
    ['block_trips_with_overlapping_stop_times', times('t,8:00:00,8:00:00,a,1,,', 't,9:00:00,9:00:00,c,2,,', 'u,8:30:00,8:30:00,a,1,,', 'u,9:30:00,9:30:00,c,2,,'), ['ERROR', 'trips.txt', 3, 'block_id']],
    ['unused_shape', shape('s,46.5,12.1,1,', 's,46.7,12.3,2,', 'z,46,12,1,', 'z,46.1,12,2,'), ['WARNING', 'shapes.txt', 4, 'shape_id']],
    ['single_shape_point', shape('s,46.5,12.1,1,'), ['WARNING', 'shapes.txt', 2, 'shape_id']],
    ['decreasing_shape_distance', shape('s,46.5,12.1,1,5', 's,46.7,12.3,2,4'), ['ERROR', 'shapes.txt', 3, 'shape_dist_traveled']],
    ['equal_shape_distance_same_coordinates', shape('s,46.5,12.1,1,5', 's,46.5,12.1,2,5'), ['WARNING', 'shapes.txt', 3, 'shape_dist_traveled']],
    ['equal_shape_distance_diff_coordinates', shape('s,46.5,12.1,1,5', 's,46.6,12.1,2,5'), ['ERROR', 'shapes.txt', 3, 'shape_dist_traveled']],
    ['equal_shape_distance_diff_coordinates_distance_below_threshold', shape('s,46.5,12.1,1,5', 's,46.500005,12.1,2,5'), ['WARNING', 'shapes.txt', 3, 'shape_dist_traveled']],
    ['stop_too_far_from_shape', shape('s,46.5,12.1,1,', 's,46.7,12.2,2,'), ['WARNING', 'stop_times.txt', 3, 'stop_id']],
    ['stop_too_far_from_shape_using_user_distance', times('t,8:00:00,8:00:00,a,1,0,', 't,9:00:00,9:00:00,c,2,14,'), ['WARNING', 'stop_times.txt', 3, 'shape_dist_traveled']],
    ['stops_match_shape_out_of_order', times('t,8:00:00,8:00:00,c,1,,', 't,9:00:00,9:00:00,a,2,,'), ['WARNING', 'stop_times.txt', 3, 'stop_id']],
    ['trip_distance_exceeds_shape_distance', times('t,8:00:00,8:00:00,a,1,0,', 't,9:00:00,9:00:00,b,2,30,'), ['ERROR', 'stop_times.txt', 3, 'shape_dist_traveled']],
    ['trip_distance_exceeds_shape_distance_below_threshold', times('t,8:00:00,8:00:00,a,1,0,', 't,9:00:00,9:00:00,c,2,30,'), ['WARNING', 'stop_times.txt', 3, 'shape_dist_traveled']],
  ] as const)('knows %s', (rule, changes, place) => {
    expect(placesOf(rule, changes)).toEqual(expect.arrayContaining([place]));
  }); // prettier-ignore

  it('knows bytes that are not UTF-8', () => {
    const files = { 'agency.txt': new Uint8Array([...strToU8('agency_name,agency_url,agency_timezone\nTin'), 0xff]) };
    const rules = findingsOf(zipSync(files)).map(({ rule }) => rule);
    expect(rules).toContain('invalid_character');
  });

  it('knows files in a sub folder', () => {
    const rules = findingsOf(zipSync({ 'feed/stops.txt': strToU8('stop_id\n') })).map(({ rule }) => rule);
    expect(rules).toContain('invalid_input_files_in_subfolder');
  });

  it('knows a feed that runs past the week', () => {
    const late = calendar('weekdays,1,1,1,1,1,0,0,20200101,20200603');
    const rules = findingsOf(
      zipFeed({ ...late, 'trips.txt': 'route_id,service_id,trip_id\nL,weekdays,l1\nN,weekdays,n1' }),
    ).map(({ rule }) => rule);
    expect(rules).toContain('trip_coverage_not_active_for_next7_days');
  });

  it.each([
    ['the feed of the campus', '../../../../../config/campus-replay/gtfs/bullrunner-gtfs.zip', ['leading_or_trailing_whitespaces', 'missing_recommended_file', 'mixed_case_recommended_field']],
    ['the sample feed', '../samples/google-good-feed.zip', ['expired_calendar', 'missing_recommended_file', 'trip_coverage_not_active_for_next7_days']],
  ])('finds no error in %s', (_what, file, rules) => {
    const findings = findingsOf(readFileSync(new URL(file, import.meta.url)));
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual(rules.map((rule) => [rule, 'WARNING']));
  }); // prettier-ignore

  it('counts all and keeps the first of a rule', () => {
    const rows = Array.from({ length: 200 }, (_, row) => `d${row},D,0,0,,,,`);
    const finding = findingsOf(zipFeed(stops(...placed, ...rows))).find(({ rule }) => rule === 'point_near_origin');
    expect([finding?.count, finding?.notices.length, finding?.notices[0]?.row]).toEqual([200, MAX_SAMPLES, 5]);
  });
});
