import { describe, expect, it } from '@jest/globals';
import { topics } from '#libs/telemetry';
import { GatewayStates } from './gateway-states.js';

const status = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const warnings: string[] = [];
const states = (skews = new Map<string, number>()) =>
  new GatewayStates({
    known: (_venue, gateway) => gateway !== 'stranger',
    own: (venue) => venue !== 'elsewhere',
    findSkew: (venue) => skews.get(venue),
    warn: (line) => void warnings.push(line),
  });

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
    known.onMessage(topics.status('elsewhere', 'gw'), status({ state: 'online', ts: 1 }));
    expect(known.take()).toBeUndefined();
  });

  it('names a stranger once', () => {
    warnings.length = 0;
    const known = states();
    for (let count = 0; count < 3; count++)
      known.onMessage(topics.status('a', 'stranger'), status({ state: 'online', ts: 1 }));
    expect(warnings).toEqual([expect.stringContaining('A gateway "stranger" reports from "a"')]);
  });

  it('says by how much a clock is wrong', () => {
    const known = states(new Map([['a', 12.5]]));
    known.onMessage(topics.status('a', 'gw'), status({ state: 'online', ts: 1 }));
    expect(known.take()).toEqual([{ venue: 'a', gateway: 'gw', state: 'online', ts: 1, clockSkewS: 12.5 }]);
  });
});
