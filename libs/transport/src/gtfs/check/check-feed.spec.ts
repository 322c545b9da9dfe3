import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { unpack } from '../archive.js';
import { zipFeed } from '../tiny-feed.fixture.js';
import { checkFeed } from './check-feed.js';

const today = Date.UTC(2020, 5, 1);

const findingsOf = (zip: Uint8Array, on = today) => {
  const files = unpack(zip);
  if (!files.ok) throw new Error(files.error.message);
  return checkFeed(files.value, { today: on });
};

describe('checkFeed', () => {
  it.each(['../../../../../config/campus-replay/gtfs/bullrunner-gtfs.zip', '../samples/google-good-feed.zip'])(
    'debug %s',
    (file) => {
      const f = findingsOf(readFileSync(new URL(file, import.meta.url)));
      console.log(f.map((x) => [x.severity, x.rule, x.count, JSON.stringify(x.notices[0])].join(' ')).join('\n'));
      expect(1).toBe(1);
    },
  );
  it('tiny', () => {
    console.log(
      findingsOf(zipFeed())
        .map((x) => [x.severity, x.rule, x.count, JSON.stringify(x.notices[0])].join(' '))
        .join('\n'),
    );
  });
});
