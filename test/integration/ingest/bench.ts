import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import { loadPack, type Pack } from '#libs/games';
import { systemClock } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { Ingest } from '../../../apps/platform/src/ingest/ingest.js';
import { openTestBroker } from '../broker.js';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { type MqttProxy, startMqttProxy } from './mqtt-proxy.js';

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
  restartBroker(): Promise<void>;
  close(): Promise<void>;
}

export const openBench = async (devices: Pack['devices'] = []): Promise<Bench> => {
  const pack = { ...(await readDefaultPack()), devices };
  const database = await openTestDatabase();
  const warnings: string[] = [];
  const warn = (line: string): void => void warnings.push(line);
  const broker = await openTestBroker();
  const brokerUrl = broker.url;
  const proxy = await startMqttProxy(brokerUrl);
  const client = await mqtt.connectAsync(brokerUrl, { reconnectPeriod: 100 });
  const metrics = new Metrics();
  const sessionPrefix = `venueflow-test-${randomBytes(6).toString('hex')}`;
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
        sessionPrefix,
        ...limits,
      }),
    restartBroker: () => broker.restart(),
    close: async () => {
      await client.endAsync(true);
      await proxy.close();
      await broker.close();
      await database.close();
    },
  };
};
