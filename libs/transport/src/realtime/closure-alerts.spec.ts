import { expect, it } from '@jest/globals';
import { epochMs, seconds } from '#libs/kernel';
import { checkRealtime } from './check/check-realtime.js';
import { closureAlerts } from './closure-alerts.js';
import { emptyFeed, NOON } from './realtime-feed.fixture.js';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';

const at = epochMs(NOON);
const change = {
  line: 'L',
  pattern: 'L-1',
  kind: 'detour' as const,
  closures: [
    { name: 'Alumni Drive', links: ['1'], from: at, until: epochMs(NOON + 3_600_000) },
    { name: 'Oak Drive', links: ['2'], from: at },
  ],
  legs: [],
  skipped: [],
  route: undefined,
  added: seconds(240),
  words: 'Line L: +4 min via Elm Drive, Alumni Drive closed until 18:00.',
};

it('says of a closed road whom it detours, how long and in which words', () => {
  const [alert] = closureAlerts([change]);
  expect(alert).toMatchObject({
    id: 'closure-L-1',
    effect: 'detour',
    periods: [{ start_ms: NOON, end_ms: NOON + 3_600_000 }, { start_ms: NOON }],
    informs: [{ line: 'L' }],
    header: [{ text: change.words, language: 'en' }],
  });
});

it('says so when no way is left, in a feed without an error', () => {
  const alerts = closureAlerts([{ ...change, kind: 'cancelled' }]);
  expect(alerts.map(({ effect }) => effect)).toEqual(['no_service']);
  const feed = readGtfs(zipFeed());
  if (!feed.ok) throw new Error('The feed has faults.');
  expect(checkRealtime({ ...emptyFeed, alerts }, { feed: feed.value, now: NOON })).toEqual([]);
});
