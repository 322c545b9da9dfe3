import { describe, expect, it } from '@jest/globals';
import { postgresConf } from './settings.js';

describe('postgresql.conf', () => {
  it('listens on loopback only, and takes what the caller adds last', () => {
    const lines = postgresConf(5433, { jit: 'on', application_name: "it's" }).split('\n');
    expect(lines).toContain(`listen_addresses = '127.0.0.1'`);
    expect(lines).toContain(`port = '5433'`);
    expect(lines.filter((line) => line.startsWith('jit'))).toEqual([`jit = 'on'`]);
    expect(lines).toContain(`application_name = 'it''s'`);
  });
});
