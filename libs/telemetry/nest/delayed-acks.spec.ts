import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Aedes } from 'aedes';
import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import { DelayedAcks, type PendingAck } from './delayed-acks.js';

interface Received {
  readonly text: string;
  readonly dup: boolean;
  readonly ack: PendingAck | undefined;
}

const next = (client: MqttClient, event: 'connect' | 'close') =>
  new Promise<void>((resolve) => client.once(event, () => resolve()));

describe('DelayedAcks', () => {
  let aedes: Aedes;
  let server: Server;
  let sender: MqttClient;
  let reader: MqttClient;
  let acks: DelayedAcks;
  let received: Received[];
  let sent: string[];
  let acknowledged: string[];
  let errors: Error[];

  beforeEach(async () => {
    aedes = await Aedes.createBroker();
    server = createServer((socket) => void aedes.handle(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The broker has no port.');
    const url = `mqtt://127.0.0.1:${address.port}`;
    [received, sent, acknowledged, errors] = [[], [], [], []];
    aedes.on('ack', (packet) => {
      if ('topic' in packet && packet.topic === 'q1') acknowledged.push(packet.topic);
    });
    reader = mqtt.connect(url, { clientId: 'reader', clean: false, keepalive: 1, reconnectPeriod: 20 });
    reader.on('error', (error) => errors.push(error));
    reader.on('packetsend', (packet) => sent.push(packet.cmd));
    const take = (packet: IPublishPacket, ack: PendingAck | undefined) =>
      received.push({ text: packet.payload.toString(), dup: packet.dup, ack });
    acks = new DelayedAcks(reader, take);
    await next(reader, 'connect');
    await reader.subscribeAsync(['q0', 'q1'], { qos: 1 });
    sender = await mqtt.connectAsync(url);
  });
  afterEach(async () => {
    await Promise.all([sender.endAsync(true), reader.endAsync(true)]);
    await new Promise<void>((resolve) => aedes.close(resolve));
    server.close();
  });

  const publish = (...texts: string[]) => Promise.all(texts.map((text) => sender.publishAsync('q1', text, { qos: 1 })));
  const until = async (condition: () => boolean) => {
    const limit = performance.now() + 5_000;
    while (!condition()) {
      if (performance.now() > limit) throw new Error('not within 5 s');
      await delay(5);
    }
  };
  /** Those that the broker got for the topic. */
  const pubacks = () => acknowledged.length;
  const send = (index: number) => {
    const ack = received[index]?.ack;
    if (!ack) throw new Error(`message ${index} needs no ack`);
    return acks.send(ack);
  };
  const reconnect = async () => {
    const connected = next(reader, 'connect');
    reader.stream.destroy();
    await connected;
  };

  it('sends no PUBACK until it is told, and goes on reading meanwhile', async () => {
    await publish('a', 'b', 'c');
    await until(() => received.length === 3);
    expect(pubacks()).toBe(0);
    expect(send(0)).toBe(true);
    await until(() => pubacks() === 1);
    expect(send(2)).toBe(true);
    expect(send(1)).toBe(true);
    await until(() => pubacks() === 3);
    await delay(50);
    expect(pubacks()).toBe(3);
    expect(errors).toEqual([]);
  });

  it('keeps the connection alive while acks are withheld', async () => {
    let closed = 0;
    reader.on('close', () => closed++);
    await publish('a');
    await until(() => sent.filter((cmd) => cmd === 'pingreq').length >= 2);
    expect(closed).toBe(0);
  });

  it('hands over QoS 0 without an ack', async () => {
    await sender.publishAsync('q0', 'plain', { qos: 0 });
    await until(() => received.length === 1);
    expect(received[0]?.ack).toBeUndefined();
  });

  it('gets what was not acknowledged again after a reconnect, and nothing else', async () => {
    await publish('a', 'b');
    await until(() => received.length === 2);
    send(0);
    await until(() => pubacks() === 1);
    await delay(50);
    await reconnect();
    await until(() => received.length >= 3);
    await delay(50);
    expect(received.slice(2).map(({ text }) => text)).toEqual(['b']);
  });

  it('drops the ack of an earlier connection, and takes the one of this connection', async () => {
    await publish('a');
    await until(() => received.length === 1);
    await reconnect();
    await until(() => received.length === 2);
    expect(send(0)).toBe(false);
    expect(pubacks()).toBe(0);
    expect(send(1)).toBe(true);
    await delay(50);
    await reconnect();
    await delay(50);
    expect(received).toHaveLength(2);
  });

  it('counts a packet that is handed over after the close to the connection that is gone', async () => {
    await publish('a');
    await until(() => received.length === 1);
    const closed = next(reader, 'close');
    reader.stream.destroy();
    await closed;
    // As mqtt.js does with packets that were parsed before the close.
    const late: IPublishPacket = {
      cmd: 'publish',
      topic: 'q1',
      payload: 'late',
      qos: 1,
      messageId: 9,
      dup: false,
      retain: false,
    };
    reader.handleMessage(late, () => undefined);
    await next(reader, 'connect');
    const index = received.findIndex(({ text }) => text === 'late');
    expect(send(index)).toBe(false);
  });
});
