import { describe, expect, it } from '@jest/globals';
import { topics } from '#libs/telemetry';
import { parse } from 'yaml';
import { z } from 'zod';

import { writeAsyncApi } from './asyncapi.js';

/** AsyncAPI 3.0, as far as this document uses it; keys that the specification does not know are refused. */
const reference = z.strictObject({ $ref: z.string().startsWith('#/') });
const shape = z.strictObject({
  asyncapi: z.literal('3.0.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  defaultContentType: z.literal('application/json'),
  servers: z.record(
    z.string(),
    z.strictObject({ host: z.string(), protocol: z.enum(['mqtt', 'mqtts']), protocolVersion: z.string() }),
  ),
  channels: z.record(
    z.string(),
    z.strictObject({
      address: z.string(),
      title: z.string(),
      summary: z.string(),
      parameters: z.record(z.string(), z.strictObject({ description: z.string() })),
      messages: z.record(z.string(), reference),
    }),
  ),
  operations: z.record(
    z.string(),
    z.strictObject({
      action: z.enum(['send', 'receive']),
      title: z.string(),
      channel: reference,
      messages: z.array(reference).min(1),
      bindings: z.strictObject({
        mqtt: z.strictObject({ qos: z.literal(1), retain: z.boolean(), bindingVersion: z.literal('0.2.0') }),
      }),
    }),
  ),
  components: z.strictObject({
    messages: z.record(
      z.string(),
      z.strictObject({
        name: z.string(),
        contentType: z.string(),
        payload: z.looseObject({ type: z.literal('object') }),
      }),
    ),
  }),
});

const written = writeAsyncApi('mqtt://ada:secret@broker.example:1883');
const document = shape.parse(parse(written));

const follow = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => z.record(z.string(), z.unknown()).parse(at)[key], document);

/** The only message of the channel with this address, its reference followed, as a validator. */
const payloadOf = (address: string): z.ZodType => {
  const channel = Object.values(document.channels).find((entry) => entry.address === address);
  const [message, ...others] = Object.values(channel?.messages ?? {});
  if (!message || others.length > 0) throw new Error(`${address} has no single message.`);
  const { payload } = z.object({ payload: z.record(z.string(), z.unknown()) }).parse(follow(message.$ref));
  return z.fromJSONSchema(payload);
};

/** Payloads as they go over the wire, by topic. */
const wire: Readonly<Record<keyof typeof topics, readonly [address: string, payload: string]>> = {
  readings: [
    'venueflow/v1/{venue}/{gateway}/readings',
    '{"seq":812,"oldest":800,"readings":[{"point":"main.active_power","ts":1767700000000,"value":412.5,"unit":"kW","quality":"good"}]}',
  ],
  stored: ['venueflow/v1/{venue}/{gateway}/stored', '{"seq":812}'],
  status: ['venueflow/v1/{venue}/{gateway}/status', '{"state":"online","ts":1767700000000,"buffered":0,"published":9}'],
  setpoint: [
    'venueflow/v1/{venue}/setpoints/{asset}',
    '{"plan":"energy-3","seq":7,"issued":1767700000000,"from":1767700000000,"valid_until":1767700900000,"value":-120,"unit":"kW"}',
  ],
  setpointResult: [
    'venueflow/v1/{venue}/setpoints/{asset}/result',
    '{"plan":"energy-3","seq":7,"state":"applied","measured":-118,"ts":1767700001000}',
  ],
  orders: [
    'venueflow/v1/vehicles/{vehicle}/orders',
    '{"plan":"dispatch-9","seq":7,"issued":1767700000000,"valid_until":1767705400000,"trips":[{"line":"A","pattern":"A-1","departs":1767700300000}]}',
  ],
  ordersResult: [
    'venueflow/v1/vehicles/{vehicle}/orders/result',
    '{"plan":"dispatch-9","seq":7,"state":"refused","reason":"no driver","ts":1767700001000}',
  ],
  position: [
    'venueflow/v1/vehicles/{vehicle}/position',
    '{"ts":1767700000000,"lat":46.5,"lon":12.1,"bearing":90,"speed_mps":8.3,"trip":"A-1@1767699900000","occupancy":31}',
  ],
  advice: ['venueflow/v1/vehicles/{vehicle}/advice', '{"action":"hold","until":1767700300000,"seq":8}'],
  sessionState: [
    'venueflow/v1/{venue}/sessions/{session}/state',
    '{"state":"over_time","expected_end":1767700300000,"by":"timing","ts":1767700000000}',
  ],
  clock: [
    'venueflow/v1/platform/clock',
    '{"event_ms":1767700000000,"wall_ms":1767600000000,"speed":60,"state":"online"}',
  ],
};

describe('the AsyncAPI document', () => {
  it('lists every topic of the contract and no other, once', () => {
    const listed = Object.entries(document.channels).map(([name, { address }]) => [name, address]);
    expect(Object.keys(wire)).toEqual(Object.keys(topics));
    expect(listed).toEqual(Object.entries(wire).map(([name, [address]]) => [name, address]));
  });

  it.each(Object.values(wire))(
    'takes a payload of %s, and none that lacks a key or mistakes its type',
    (address, text) => {
      const payload = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
      const schema = payloadOf(address);
      expect(schema.safeParse(payload).error).toBeUndefined();
      const [required = ''] = Object.keys(payload);
      expect(schema.safeParse({ ...payload, [required]: undefined }).success).toBe(false);
      for (const key of Object.keys(payload)) expect(schema.safeParse({ ...payload, [key]: {} }).success).toBe(false);
    },
  );

  it('looks into each reading', () => {
    const schema = payloadOf(wire.readings[0]);
    const reading = { point: 'load', ts: 1, value: 1, unit: 'kW', quality: 'good' };
    expect(schema.safeParse({ seq: 1, readings: [reading] }).success).toBe(true);
    expect(schema.safeParse({ seq: 1, readings: [{ ...reading, quality: 'great' }] }).success).toBe(false);
  });

  it('takes messages with keys of a later release', () => {
    expect(payloadOf(wire.stored[0]).safeParse({ seq: 1, later: true }).success).toBe(true);
  });

  it('declares the parameters of each address', () => {
    for (const { address, parameters } of Object.values(document.channels))
      expect(Object.keys(parameters).sort()).toEqual(
        [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
      );
  });

  it('has an operation for each channel, on one of its own messages', () => {
    expect(Object.values(document.operations).map(({ channel }) => channel.$ref)).toEqual(
      Object.keys(document.channels).map((name) => `#/channels/${name}`),
    );
    for (const { channel, messages } of Object.values(document.operations))
      for (const { $ref } of messages) {
        expect($ref.startsWith(`${channel.$ref}/messages/`)).toBe(true);
        expect(follow($ref)).toBeDefined();
      }
  });

  it('says who sends and what is retained, as the contract has it', () => {
    const operations = Object.entries(document.operations);
    const sent = operations.filter(([, { action }]) => action === 'send').map(([name]) => name);
    const retained = operations.filter(([, { bindings }]) => bindings.mqtt.retain).map(([name]) => name);
    expect(sent).toEqual(['stored', 'setpoint', 'orders', 'advice', 'clock']);
    expect(retained).toEqual(['stored', 'status', 'setpoint', 'orders', 'clock']);
  });

  it('names the broker without its password', () => {
    expect(document.servers).toEqual({
      broker: { host: 'broker.example:1883', protocol: 'mqtt', protocolVersion: '3.1.1' },
    });
    expect(written).not.toContain('secret');
  });
});
