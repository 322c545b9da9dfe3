import { describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { tinyFeed, zipFeed } from '../gtfs/tiny-feed.fixture.js';
import { checkNetwork } from './check-network.js';
import { tinyPack } from './tiny-pack.fixture.js';
import { journeyTo, townPack, UVW, zipTown } from './transfer-town.fixture.js';

const check = (changes: Partial<Pick<Pack, 'games' | 'venues' | 'transport' | 'gtfs'>>) =>
  checkNetwork({ ...tinyPack, gtfs: zipFeed(), ...changes }).map(({ file, path, rule }) => [file, path, rule]);

const [hall, rink] = tinyPack.venues;
if (!hall || !rink) throw new Error('The tiny pack has two venues.');
const [line] = tinyPack.transport.lines;
if (!line) throw new Error('The tiny pack has a line.');

describe('checkNetwork', () => {
  it('has nothing to say of a ride around the terminus of a loop', () => {
    expect(check({})).toEqual([]);
  });

  it('names a stop and a line that the feed lacks', () => {
    const transport = { ...tinyPack.transport, lines: [...tinyPack.transport.lines, { id: 'X', rides: [] }] };
    expect(check({ venues: [hall, { ...rink, stop: 'z' }], transport })).toEqual([
      ['venues.yaml', 'venues[1].stop', 'unknown_stop'],
      ['transport.yaml', 'lines[0].rides[0]', 'ride_not_served'],
      ['transport.yaml', 'lines[0].rides[1]', 'ride_not_served'],
      ['transport.yaml', 'lines[1].id', 'unknown_line'],
    ]);
  });

  it('names a ride against the direction of a line that is no loop', () => {
    const transport = { ...tinyPack.transport, lines: [{ ...line, id: 'N' }] };
    expect(check({ venues: [{ ...hall, stop: 'a' }, rink], transport })).toEqual([
      ['transport.yaml', 'lines[0].rides[1]', 'ride_not_served'],
    ]);
  });

  it('has nothing to say of a line whose trips go one way each', () => {
    const transport = { ...tinyPack.transport, lines: [{ ...line, id: 'N' }] };
    const gtfs = zipFeed({
      'trips.txt': `${tinyFeed['trips.txt'] ?? ''}N,weekdays,n2\n`,
      'stop_times.txt': `${tinyFeed['stop_times.txt'] ?? ''}\nn2,25:30:00,25:30:00,c,1\nn2,25:40:00,25:40:00,a,2\n`,
    });
    expect(check({ venues: [{ ...hall, stop: 'a' }, rink], transport, gtfs })).toEqual([]);
  });

  it('names a journey that no line makes, not even with changes, and none that walks or changes on its way', () => {
    const journeys = ['b', 'c', 'd', 'e', 'f'].map((stop) => journeyTo(stop));
    const faults = checkNetwork({ ...townPack(UVW, ...journeys), gtfs: zipTown(UVW) });
    expect(faults).toEqual([
      {
        file: 'transport.yaml',
        path: 'journeys[4]',
        value: '"a -> f"',
        rule: 'journey_not_served',
        message:
          'The lines must go from the stop of at-a to the stop of at-f, directly or with changes, and sooner than people walk.',
      },
    ]);
  });

  it('names a journey on foot, and one whose lines never run in the same three hours', () => {
    const early = UVW.map((one) => (one.id === 'V' ? { ...one, hours: [1, 3] as const } : one));
    const journeys = [journeyTo('c'), journeyTo('d', { from: 'at-b', count: { venue: 'at-b', point: 'gates.out' } })];
    expect(check({ ...townPack(early, ...journeys), gtfs: zipTown(early) })).toEqual([
      ['transport.yaml', 'journeys[0]', 'journey_not_served'],
      ['transport.yaml', 'journeys[1]', 'journey_not_served'],
    ]);
  });

  it('holds no line and no stop that the feed lacks against a journey', () => {
    const pack = townPack([...UVW, { id: 'X', from: 'a', to: 'c', headway: 10, ride: 10 }], journeyTo('c'));
    const venues = pack.venues.map((venue) => (venue.stop === 'c' ? { ...venue, stop: 'z' } : venue));
    expect(check({ ...pack, venues, gtfs: zipTown(UVW) })).toEqual([
      ['venues.yaml', 'venues[2].stop', 'unknown_stop'],
      ['transport.yaml', 'lines[3].id', 'unknown_line'],
    ]);
  });

  it("names a time zone other than the feed's", () => {
    const games = { ...tinyPack.games, time_zone: 'America/New_York' };
    expect(check({ games })).toEqual([['games.yaml', 'time_zone', 'feed_time_zone']]);
  });

  it('puts the faults of the feed under its own name', () => {
    expect(check({ gtfs: zipFeed({ 'stops.txt': undefined }) })[0]).toEqual([
      'tiny.zip/stops.txt',
      '',
      'missing_required_file',
    ]);
  });
});
