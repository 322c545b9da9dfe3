import { describe, expect, it } from '@jest/globals';
import { topics } from '#libs/telemetry';
import { GatewayStates } from './gateway-states.js';

const status = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const states = () => new GatewayStates((_venue, gateway) => gateway !== 'stranger');

describe('GatewayStates', () => {
  it('keeps the last status of each gateway, once a change', () => {
    const known = states();
    known.onMessage(topics.status('b', 'gw'), status({ state: 'online', ts: 1, buffered: 5, published: 9 }));
    known.onMessage(topics.status('a', 'gw'), status({ state: 'online', ts: 2 }));
    known.onMessage(topics.status('b', 'gw'), status({ state: 'offline', ts: 3 }));
    expect(known.take()).toEqual([
      { venue: 'a', gateway: 'gw', state: 'online', ts: 2 },
      { venue: 'b', gateway: 'gw', state: 'offline', ts: 3 },
    ]);
    expect(known.take()).toBeUndefined();
  });

  it('takes no strangers and nothing malformed', () => {
    const known = states();
    known.onMessage(topics.status('a', 'stranger'), status({ state: 'online', ts: 1 }));
    known.onMessage(topics.status('a', 'gw'), status({ state: 'asleep', ts: 1 }));
    expect(known.take()).toBeUndefined();
  });
});
