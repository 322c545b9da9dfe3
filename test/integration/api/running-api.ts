import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { connectAsync, type MqttClient } from 'mqtt';
import { loadPack, type Pack } from '#libs/games';
import { epochMs } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import type { Plan } from '#libs/planning';
import { type GatewayState, Store } from '#libs/store';
import { topics } from '#libs/telemetry';

import { ApiModule } from '../../../apps/platform/src/api/api.module.js';
import { WHOLE } from '../../../apps/platform/src/ingest/shares.js';
import { configureApi } from '../../../apps/platform/src/api/configure-api.js';
import { CONTEXT, type PlatformContext, ROLES } from '../../../apps/platform/src/context.js';
import { openTestBroker, type TestBroker } from '../broker.js';
import { openTestDatabase, type TestDatabase } from '../database.js';

const PACK = fileURLToPath(new URL('../../../config/campus-replay', import.meta.url));

const readPack = async (): Promise<Pack> => {
  const pack = await loadPack(PACK);
  if (!pack.ok) throw new Error(`The pack has ${pack.error.length} faults.`);
  return pack.value;
};

const moduleOf = (context: PlatformContext) => {
  @Global()
  @Module({ providers: [{ provide: CONTEXT, useValue: context }], exports: [CONTEXT] })
  class TestContext {}
  @Module({ imports: [TestContext, ApiModule] })
  class TestPlatform {}
  return TestPlatform;
};

/** The api role alone, with a real database and a real broker, and no other role. Always `close` it. */
export class RunningApi {
  private constructor(
    readonly database: TestDatabase,
    readonly pack: Pack,
    readonly url: string,
    private readonly app: NestExpressApplication,
    private readonly broker: TestBroker,
    private readonly mqtt: MqttClient,
    private readonly consoleFolder: string,
    private readonly store: Store,
  ) {}

  /** `through` gives the store another way to the database, such as a proxy that can be cut. */
  static async start(
    options: {
      readonly token?: string;
      readonly through?: (url: string) => Promise<string>;
      /** Devices that the pack has besides its gateways. */
      readonly devices?: Pack['devices'];
    } = {},
  ): Promise<RunningApi> {
    const database = await openTestDatabase();
    const pack = { ...(await readPack()), devices: options.devices ?? [] };
    const store = options.through ? await Store.open(await options.through(database.url)) : database.store;
    const broker = await openTestBroker();
    const mqttUrl = broker.url;
    await database.store.registerPack(pack);
    const app = await NestFactory.create<NestExpressApplication>(
      moduleOf({
        settings: {
          roles: new Set(ROLES),
          host: '127.0.0.1',
          port: 0,
          mqttUrl,
          speed: 1,
          begin: { day: undefined, minute: undefined },
          shard: WHOLE,
          solver: 'highs',
          token: options.token,
        },
        pack,
        store,
        metrics: new Metrics(),
      }),
      { logger: ['error'], abortOnError: false, bodyParser: false },
    );
    const consoleFolder = await makeConsole();
    configureApi(app, consoleFolder);
    await app.listen(0, '127.0.0.1');
    const mqtt = await connectAsync(mqttUrl);
    return new RunningApi(database, pack, await app.getUrl(), app, broker, mqtt, consoleFolder, store);
  }

  get mqttUrl(): string {
    return this.broker.url;
  }

  /** Publishes the event clock as control does. */
  async tellTime(eventMs: number, speed = 1): Promise<void> {
    const clock = { event_ms: eventMs, wall_ms: Date.now(), speed, state: 'online' };
    await this.mqtt.publishAsync(topics.clock(), JSON.stringify(clock), { qos: 1, retain: true });
  }

  /** Stores a status as ingest does. */
  async tellStatus(
    venue: string,
    gateway: string,
    state: 'online' | 'offline',
    more: Partial<GatewayState> = {},
  ): Promise<void> {
    const status = { venue, gateway, state, ts: epochMs(Date.now()), buffered: 3, published: 9, ...more };
    await this.database.store.operations.saveGatewayStates([status]);
  }

  async addPlan(plan: Plan): Promise<void> {
    const { plans } = this.database.store;
    const event = { plan: plan.id, at: plan.created, by: 'policy', reason: null };
    await plans.insert({ ...plan, state: 'proposed' }, { ...event, state: 'proposed' });
    if (plan.state === 'proposed') return;
    await plans.transition(plan.id, ['proposed'], { ...event, state: 'approved' });
    await plans.activate(plan.id, { ...event, state: 'active' }, 'superseded');
  }

  async addReading(venue: string, point: string, at: number, value: number, quality = 0): Promise<void> {
    const row = (await this.database.store.listPoints()).find(
      (entry) => entry.venue === venue && entry.point === point,
    );
    if (!row) throw new Error(`No point ${point} of ${venue}.`);
    const reading = { pointId: row.id, ts: epochMs(at), value, quality };
    await this.database.store.readings.write({ readings: [reading], receipts: [], rejected: [] });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { headers, redirect: 'manual' });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  delete(path: string): Promise<Response> {
    return fetch(`${this.url}${path}`, { method: 'DELETE' });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.mqtt.endAsync(true);
    await this.broker.close();
    if (this.store !== this.database.store) await this.store.close();
    await this.database.close();
    await rm(this.consoleFolder, { recursive: true });
  }
}

const makeConsole = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'venueflow-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Venueflow</title>');
  await writeFile(join(folder, 'assets', 'page-1a2b3c.js'), 'void 0;');
  return folder;
};

/** Asks until the answer passes, for at most ten seconds; then the last one. */
export const eventually = async <T>(ask: () => Promise<T>, passes: (answer: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await ask();
    if (passes(answer)) return answer;
    await delay(100);
  }
  return ask();
};
