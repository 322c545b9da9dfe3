import 'reflect-metadata';

import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DynamicModule, Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { connectAsync, type MqttClient } from 'mqtt';
import { loadPack, type Pack } from '#libs/games';
import { type EpochMs, epochMs, formatFault, MINUTE_MS } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { Store } from '#libs/store';
import { QUALITY } from '#libs/telemetry';
import { CONTEXT, type PlatformContext } from '../../../apps/platform/src/context.js';
import { WHOLE } from '../../../apps/platform/src/ingest/shares.js';
import { ControlModule } from '../../../apps/platform/src/control/control.module.js';
import { openTestBroker, type TestBroker } from '../broker.js';
import { openTestDatabase, type TestDatabase } from '../database.js';

const PACK = fileURLToPath(new URL('../../../config/campus-replay', import.meta.url));

/** Enough for yesterday's rule; the whole fortnight only takes longer to import. */
export const HISTORY_DAYS = 2;

/** The default pack with less history, and other policies where a test asks for them. */
export const readPack = async (approval: Pack['energy']['approval']): Promise<Pack> => {
  const pack = await loadPack(PACK);
  if (!pack.ok) throw new Error(pack.error.map(formatFault).join('\n'));
  const { games, energy, transport } = pack.value;
  return {
    ...pack.value,
    games: { ...games, history_days: HISTORY_DAYS },
    energy: { ...energy, approval },
    transport: { ...transport, approval },
  };
};

@Global()
@Module({})
class ContextModule {
  static of(context: PlatformContext): DynamicModule {
    return { module: ContextModule, providers: [{ provide: CONTEXT, useValue: context }], exports: [CONTEXT] };
  }
}

@Module({})
class ControlOnly {
  static of(context: PlatformContext): DynamicModule {
    return { module: ControlOnly, imports: [ContextModule.of(context), ControlModule] };
  }
}

/** A database, a broker that a test can listen to, and control roles on them. */
export class ControlWorld {
  /** The last message of each topic. */
  readonly heard = new Map<string, Record<string, unknown>>();
  readonly metrics = new Metrics();
  private readonly roles: { readonly app: INestApplicationContext; readonly store: Store }[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly pack: Pack,
    private readonly broker: TestBroker,
    private readonly listener: MqttClient,
  ) {
    listener.on('message', (topic, payload) => {
      this.heard.set(topic, JSON.parse(payload.toString()) as Record<string, unknown>);
    });
  }

  static async open(approval: Pack['energy']['approval']): Promise<ControlWorld> {
    const pack = await readPack(approval);
    const database = await openTestDatabase();
    await database.store.registerPack(pack);
    const broker = await openTestBroker();
    const listener = await connectAsync(broker.url);
    await listener.subscribeAsync('venueflow/v1/#', { qos: 1 });
    return new ControlWorld(database, pack, broker, listener);
  }

  get store(): Store {
    return this.database.store;
  }

  /** Starts a control role with a store of its own, as another process would have. Returns how to stop it. */
  async startControl(): Promise<() => Promise<void>> {
    const store = await Store.open(this.database.url);
    const context: PlatformContext = {
      settings: {
        roles: new Set(['control']),
        host: '127.0.0.1',
        port: 0,
        mqttUrl: this.broker.url,
        speed: 60,
        // Shuttles run then.
        begin: { day: undefined, minute: 12 * 60 },
        shard: WHOLE,
        solver: 'highs',
        token: undefined,
      },
      pack: this.pack,
      store,
      metrics: this.metrics,
    };
    const app = await NestFactory.createApplicationContext(ControlOnly.of(context), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    const role = { app, store };
    this.roles.push(role);
    return () => this.stopControl(role);
  }

  /** What gateways would measure of the batteries in the two hours after `from`: without a charge of the last 15 minutes no battery is planned. */
  async measureCharges(from: EpochMs): Promise<void> {
    const points = (await this.store.listPoints()).filter(({ kind }) => kind === 'battery_soc');
    const readings = points.flatMap(({ id: pointId }) =>
      Array.from({ length: 120 }, (_, minute) => ({
        pointId,
        ts: epochMs(from + minute * MINUTE_MS),
        value: 0.5,
        quality: QUALITY.good,
      })),
    );
    await this.store.readings.write({ readings, receipts: [], rejected: [] });
  }

  async close(): Promise<void> {
    for (const role of [...this.roles]) await this.stopControl(role);
    await this.listener.endAsync(true);
    await this.broker.close();
    await this.database.close();
  }

  private async stopControl(role: { readonly app: INestApplicationContext; readonly store: Store }): Promise<void> {
    const index = this.roles.indexOf(role);
    if (index < 0) return;
    this.roles.splice(index, 1);
    await role.app.close();
    await role.store.close();
  }
}

/** Waits until something is there; fails with its name after the limit. */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  limitMs = 90_000,
): Promise<T> => {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Waited ${limitMs / 1000} s in vain for ${what}.`);
    await delay(100);
  }
};
