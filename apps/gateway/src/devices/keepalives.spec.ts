import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { findProfile } from '#libs/telemetry';
import { Keepalives } from './keepalives.js';

const KEEPALIVE_MS = 30_000;

describe('Keepalives', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('asks each reader anew, so that what it has learned since counts', () => {
    const reader = findProfile('victron')?.createReader({ topic: 'N/+/system/#', timeZone: 'UTC' });
    if (!reader) throw new Error('there is no victron');
    const sent: [topic: string, payload: string][] = [];
    const keepalives = new Keepalives([reader], ({ topic, payload }) =>
      sent.push([topic, Buffer.from(payload).toString()]),
    );
    const hear = (path: string) =>
      reader.read({
        topic: `N/c0619ab4/${path}`,
        payload: Buffer.from('{"value":1}'),
        received: epochMs(1_767_700_000_000),
        retained: false,
      });
    keepalives.sendAll();
    expect(sent.splice(0)).toEqual([]);
    hear('system/0/Ac/Power');
    jest.advanceTimersByTime(KEEPALIVE_MS);
    expect(sent.splice(0)).toEqual([['R/c0619ab4/keepalive', '']]);
    hear('full_publish_completed');
    jest.advanceTimersByTime(KEEPALIVE_MS);
    expect(sent.splice(0)).toEqual([['R/c0619ab4/keepalive', '{"keepalive-options":["suppress-republish"]}']]);
    keepalives.stop();
    jest.advanceTimersByTime(KEEPALIVE_MS);
    expect(sent).toEqual([]);
  });
});
