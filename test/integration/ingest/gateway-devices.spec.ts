import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mqtt, { type MqttClient } from 'mqtt';
import sparkplug from 'sparkplug-payload';
import { openTestBroker, type TestBroker } from '../broker.js';
import { until } from './bench.js';
import { campus, gateway, type GatewayWorld, openGatewayWorld, venue } from './gateway-world.js';

const DEVICES = `
devices:
  - id: rink-meter
    venue: ${venue}
    gateway: ${gateway}
    profile: thingsboard_device
    topic: rink/+/telemetry
    points:
      - { id: rink.power, kind: sub_power, unit: kW, min: -10, max: 500, interval_s: 60, from: power, source_unit: W }
  - id: ice-sensors
    venue: ${venue}
    gateway: ${gateway}
    profile: senml
    topic: ice/#
    points:
      - { id: ice.temperature, kind: sensor, unit: °C, min: -40, max: 60, interval_s: 60, from: ice/temperature }
  - id: plant-room
    venue: ${venue}
    gateway: ${gateway}
    profile: sparkplug_b
    topic: spBv1.0/G/+/E/#
    points:
      - { id: plant.power, kind: sub_power, unit: kW, min: -10, max: 500, interval_s: 60, from: Supply/power, source_unit: kW }
  - id: solar
    venue: ${venue}
    gateway: ${gateway}
    profile: victron
    topic: N/c0619ab4/system/#
    points:
      - { id: solar.power, kind: sub_power, unit: kW, min: -10, max: 500, interval_s: 60, from: system/0/Ac/Power }
`;

const sparkplugB = sparkplug.get('spBv1.0');

describe('venueflow gateway --source <broker at the venue>', () => {
  let world: GatewayWorld;
  let local: TestBroker;
  let device: MqttClient;
  let pack: string;
  beforeEach(async () => {
    world = await openGatewayWorld();
    local = await openTestBroker();
    device = await mqtt.connectAsync(local.url, { reconnectPeriod: 0 });
    pack = mkdtempSync(join(tmpdir(), 'venueflow-pack-'));
    cpSync(campus, pack, { recursive: true });
    appendFileSync(join(pack, 'devices.yaml'), DEVICES);
  });
  afterEach(async () => {
    await device.endAsync(true);
    await world.close();
    await local.close();
    rmSync(pack, { recursive: true });
  });

  const start = () =>
    world.start(
      { '--games': pack, '--gateway': `${venue}/${gateway}` },
      { env: { VENUEFLOW_SOURCE: local.url.replace('//', '//me:secret@') } },
    );
  const online = () => until('it is online', () => world.status()?.state === 'online');
  const publish = (topic: string, message: unknown) =>
    device.publishAsync(topic, JSON.stringify(message), { qos: 1 }).then(() => undefined);
  const valuesOf = (point: string) =>
    [...world.stored].flatMap(([key, value]) => (key.startsWith(`${point}@`) ? [value] : []));
  /** Publishes until the gateway's session is there to take it. */
  const publishUntilTaken = async (topic: string, message: unknown) => {
    const before = world.stored.size;
    await until('its session is there', async () => {
      await publish(topic, message);
      return world.stored.size > before;
    });
  };

  it('maps what devices publish there to points of its own, in their units', async () => {
    const run = start();
    await online();
    const t = Math.floor(Date.now() / 1000) - 10;
    await publishUntilTaken('ice/1', [{ bn: 'ice/', n: 'temperature', u: 'Cel', v: -5.5, t }]);
    await publish('rink/1/telemetry', { power: 12_500 });
    await publish('rink/1/telemetry', { power: 'broken' });
    await publish('rink/1/telemetry', { power: 12_600 });
    await until('all are stored', () => valuesOf('rink.power').length === 2);
    expect(valuesOf('rink.power')).toEqual([12.5, 12.6]);
    expect(world.stored.get(`ice.temperature@${t * 1000}`)).toBe(-5.5);
    run.child.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
    expect(run.said.err).not.toContain('secret');
    expect(run.said.out).not.toContain('secret');
  });

  it('asks devices for what they have to say, and keeps them awake', async () => {
    const asked = new Map<string, Buffer>();
    device.on('message', (topic, payload) => asked.set(topic, payload));
    await device.subscribeAsync(['spBv1.0/G/NCMD/+', 'R/#'], { qos: 1 });
    const run = start();
    await until('the portal is kept awake', () => asked.has('R/c0619ab4/keepalive'));
    expect(asked.get('R/c0619ab4/keepalive')?.toString()).toBe('');
    const t = Date.now() - 1_000;
    const data = { timestamp: t, seq: 5, metrics: [{ alias: 1, timestamp: t, type: 'Double' as const, value: 12.5 }] };
    await device.publishAsync('spBv1.0/G/NDATA/E', Buffer.from(sparkplugB?.encodePayload(data) ?? []), { qos: 1 });
    await until('a birth is asked for', () => asked.has('spBv1.0/G/NCMD/E'));
    const command = sparkplugB?.decodePayload(asked.get('spBv1.0/G/NCMD/E') ?? Buffer.alloc(0));
    expect(command?.metrics).toEqual([expect.objectContaining({ name: 'Node Control/Rebirth', value: true })]);
    expect(valuesOf('plant.power')).toEqual([]);
    const metrics = [
      { name: 'bdSeq', timestamp: t, type: 'UInt64' as const, value: 0 },
      { name: 'Supply/power', alias: 1, timestamp: t, type: 'Double' as const, value: 13.5 },
    ];
    const birth = sparkplugB?.encodePayload({ timestamp: t, seq: 0, metrics }) ?? [];
    await device.publishAsync('spBv1.0/G/NBIRTH/E', Buffer.from(birth), { qos: 1 });
    await publish('N/c0619ab4/system/0/Ac/Power', { value: 2_500 });
    await until('both are stored', () => valuesOf('plant.power').length + valuesOf('solar.power').length === 2);
    expect([valuesOf('plant.power'), valuesOf('solar.power')]).toEqual([[13.5], [2.5]]);
    run.child.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
  });

  it('gets what was published while it was dead, and stores each once', async () => {
    const first = start();
    await online();
    await publishUntilTaken('rink/1/telemetry', { power: 0 });
    const sent = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => (from + index) * 1000);
    const sending = Promise.all(sent(1, 200).map((power) => publish('rink/1/telemetry', { power })));
    await until('some are stored', () => world.stored.size > 20);
    first.child.kill('SIGKILL');
    await first.exit();
    await sending;
    await Promise.all(sent(200, 400).map((power) => publish('rink/1/telemetry', { power })));
    const second = start();
    await until('all are stored', () => valuesOf('rink.power').includes(399));
    const values = valuesOf('rink.power').filter((value) => value > 0);
    expect(values).toEqual(sent(1, 400).map((power) => power / 1000));
    second.child.kill('SIGTERM');
    expect(await second.exit()).toBe(0);
  });
});
