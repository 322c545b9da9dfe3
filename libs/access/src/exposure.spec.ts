import { describe, expect, it } from '@jest/globals';
import { describeExposure } from './exposure.js';

const TOKEN = '0123456789abcdef';

describe('describeExposure', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1', '[::1]'])('asks no token on %s', (host) => {
    expect(describeExposure(host, undefined)).toEqual({ ok: true, value: 'loopback' });
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.example.org', '127.0.0.1.example.org'])(
    'asks a token on %s, and says how to set one',
    (host) => {
      const refused = describeExposure(host, undefined);
      expect(refused.ok ? '' : refused.error).toMatch(`--host ${host}`);
      expect(refused.ok ? '' : refused.error).toMatch('VENUEFLOW_TOKEN');
      expect(describeExposure(host, TOKEN)).toEqual({ ok: true, value: 'network' });
    },
  );

  it.each([TOKEN.slice(1), '', 'sixteen and  more of it'])('refuses the weak token %p even on loopback', (token) => {
    expect(describeExposure('127.0.0.1', token).ok).toBe(false);
  });
});
