import { describe, expect, it } from '@jest/globals';

import { handOver } from './gateway.js';

describe('venueflow gateway', () => {
  it('hands addresses over by the environment, and the rest as it is', () => {
    const words = [
      '--games',
      'pack',
      '--mqtt',
      'mqtt://me:secret@broker',
      '--source=mqtts://me:secret@venue?a=b',
      '--home',
    ];
    expect(handOver(words)).toEqual({
      args: ['--games', 'pack', '--home'],
      environment: { MQTT_URL: 'mqtt://me:secret@broker', VENUEFLOW_SOURCE: 'mqtts://me:secret@venue?a=b' },
    });
  });

  it('leaves an address that is missing to the program, which says so', () => {
    expect(handOver(['--mqtt'])).toEqual({ args: ['--mqtt'], environment: {} });
  });
});
