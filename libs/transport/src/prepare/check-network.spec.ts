import { describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import { checkNetwork } from './check-network.js';
import { tinyPack } from './tiny-pack.fixture.js';

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
