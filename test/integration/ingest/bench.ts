import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import { loadPack, type Pack } from '#libs/games';
import { systemClock } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { topics } from '#libs/telemetry';
import { EmbeddedBroker } from '../../../apps/platform/src/broker/embedded-broker.js';
import { Ingest } from '../../../apps/platform/src/ingest/ingest.js';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { type MqttProxy, startMqttProxy } from './mqtt-proxy.js';

/** `MQTT_URL` when set: then the broker is not ours to stop. */
export const externalBroker = process.env['MQTT_URL'];

export const until = async (what: string, condition: () => boolean | Promise<boolean>, seconds = 20): Promise<void> => {
  const limit = performance.now() + seconds * 1000;
  while (!(await condition())) {
    if (performance.now() > limit) throw new Error(`not within ${seconds} s: ${what}`);
    await delay(20);
  }
};

export const readDefaultPack = async (): Promise<Pack> => {
  const loaded = await loadPack(new URL('../../../config/campus-replay', import.meta.url).pathname);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
};

/** A broker, a database and an ingest between them, with a proxy on ingest's side; and a client of our own. */
export interface Bench {
  readonly pack: Pack;
  readonly database: TestDatabase;
  readonly metrics: Metrics;
  readonly brokerUrl: string;
  readonly proxy: MqttProxy;
  readonly client: MqttClient;
  readonly warnings: string[];
  startIngest(limits?: { readonly maxPending?: number }): Promise<Ingest>;
  /** Only of an embedded one: it forgets everything. */
  restartBroker(): Promise<void>;
  close(): Promise<void>;
}

export const openBench = async (): Promise<Bench> => {
  const pack = await readDefaultPack();
  const database = await openTestDatabase();
  const warnings: string[] = [];
  const warn = (line: string): void => void warnings.push(line);
  const startBroker = (port: number) => EmbeddedBroker.start({ host: '127.0.0.1', port, warn });
  let broker = externalBroker === undefined ? await startBroker(0) : undefined;
  const brokerUrl = externalBroker ?? `mqtt://127.0.0.1:${broker?.port ?? 0}`;
  const proxy = await startMqttProxy(brokerUrl);
  const client = await mqtt.connectAsync(brokerUrl, { reconnectPeriod: 100 });
  const metrics = new Metrics();
  const clientId = `venueflow-test-${randomBytes(6).toString('hex')}`;
  return {
    pack,
    database,
    metrics,
    brokerUrl,
    proxy,
    client,
    warnings,
    startIngest: (limits = {}) =>
      Ingest.start({
        mqttUrl: proxy.url,
        pack,
        store: database.store,
        metrics,
        clock: systemClock,
        warn,
        clientId,
        ...limits,
      }),
    restartBroker: async () => {
      const port = broker?.port ?? 0;
      await broker?.close();
      await delay(300);
      broker = await startBroker(port);
    },
    close: async () => {
      await client.publishAsync(topics.clock(), '', { qos: 1, retain: true });
      await client.endAsync(true);
      // A session that was left behind would go on collecting.
      await (await mqtt.connectAsync(brokerUrl, { clientId, clean: true })).endAsync();
      await proxy.close();
      await broker?.close();
      await database.close();
    },
  };
};
