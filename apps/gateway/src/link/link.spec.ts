import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeBroker } from './fake-broker.fixture.js';
import { Link } from './link.js';

const until = async (condition: () => boolean) => {
  const limit = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > limit) throw new Error('not within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe('Link', () => {
  let broker: FakeBroker;
  let link: Link;
  let connects: number;
  let acknowledged: string[];
  beforeEach(async () => {
    broker = await FakeBroker.start();
    [connects, acknowledged] = [0, []];
    link = new Link({
      url: broker.url,
      clientId: 'gateway',
      subscriptions: ['stored'],
      onConnect: () => connects++,
      onDisconnect: () => undefined,
      onMessage: () => undefined,
      warn: () => undefined,
    });
    await until(() => connects === 1);
  });
  afterEach(async () => {
    await link.stop();
    await broker.close();
  });
  const send = (...payloads: string[]) => {
    for (const payload of payloads) link.send('readings', payload, () => acknowledged.push(payload));
  };
  const reconnect = async () => {
    const before = connects;
    broker.cut();
    await until(() => connects === before + 1);
  };

  it('says what the broker has acknowledged', async () => {
    send('a', 'b');
    await until(() => acknowledged.length === 2);
    expect(acknowledged).toEqual(['a', 'b']);
  });

  it('forgets what was not acknowledged when its connection is lost: who sent it sends it again', async () => {
    broker.acknowledging = false;
    send('a', 'b', 'c');
    await until(() => broker.received.length === 3);
    await reconnect();
    broker.acknowledging = true;
    send('d');
    await until(() => acknowledged.length === 1);
    expect(broker.received).toEqual(['a', 'b', 'c', 'd']);
    expect(acknowledged).toEqual(['d']);
  });
});
