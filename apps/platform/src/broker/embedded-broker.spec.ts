import { afterEach, describe, expect, it } from '@jest/globals';
import mqtt from 'mqtt';
import { EmbeddedBroker } from './embedded-broker.js';

describe('EmbeddedBroker', () => {
  const started: EmbeddedBroker[] = [];
  const warnings: string[] = [];
  const start = async (port = 0) => {
    const broker = await EmbeddedBroker.start({ host: '127.0.0.1', port, warn: (line) => warnings.push(line) });
    started.push(broker);
    return broker;
  };
  afterEach(async () => {
    await Promise.all(started.splice(0).map((broker) => broker.close()));
    warnings.length = 0;
  });

  it('carries a message with a long client name', async () => {
    const { port } = await start();
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: 'c'.repeat(100) });
    const received = new Promise<string>((resolve) =>
      client.on('message', (_topic, payload) => resolve(payload.toString())),
    );
    await client.subscribeAsync('a/b', { qos: 1 });
    await client.publishAsync('a/b', 'hello', { qos: 1 });
    expect(await received).toBe('hello');
    await client.endAsync();
  });

  it('disconnects a sender of more than 1 MiB', async () => {
    const { port } = await start();
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
    const closed = new Promise<void>((resolve) => client.once('close', resolve));
    client.publish('a/b', Buffer.alloc(1_048_577), { qos: 1 });
    await closed;
    expect(warnings).toEqual([expect.stringContaining('1048577 bytes')]);
    await client.endAsync(true);
  });

  it('says which port is taken', async () => {
    const { port } = await start();
    await expect(start(port)).rejects.toThrow(`port ${port}`);
  });

  it('closes with clients connected, and lets go of its port', async () => {
    const first = await start();
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${first.port}`, { reconnectPeriod: 0 });
    await first.close();
    const again = await start(first.port);
    expect(again.port).toBe(first.port);
    await client.endAsync(true);
  });
});
