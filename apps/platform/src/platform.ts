import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';

import { maskUrl } from '#libs/access';
import { loadPack, type Pack } from '#libs/games';
import { errorMessage, formatFault } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { EmbeddedPostgresError, startEmbeddedPostgres, Store } from '#libs/store';
import { checkDevices } from '#libs/telemetry';

import { configureApi } from './api/configure-api.js';
import type { StartOptions } from './command-line.js';
import { needsBroker } from './context.js';
import { refuseDay, tellBegun } from './control/event-begin.js';
import { GatewayProcess } from './gateway-process.js';
import { claimHome } from './home.js';
import { PlatformModule } from './platform.module.js';
import { probeBroker, probeDatabase, probePort, StartError } from './probes.js';
import { waitUntilReady } from './readiness.js';
import type { Shutdown } from './shutdown.js';

/** One process: what it needs started in order, and handed to `shutdown` as it starts. */
export class Platform {
  constructor(
    private readonly options: StartOptions,
    private readonly shutdown: Shutdown,
    private readonly say: (line: string) => void,
  ) {}

  /** Resolves with the address of the first page when everything works, or undefined when the start was interrupted. Throws a StartError. */
  async start(): Promise<string | undefined> {
    const { options, shutdown } = this;
    const pack = await this.readPack();
    await this.probe();
    const release = claimHome(options.home);
    await shutdown.add('home', 100, () => {
      release();
      return Promise.resolve();
    });
    const databaseUrl = options.databaseUrl ?? (await this.startDatabase());
    if (shutdown.hasBegun()) return undefined;

    const store = await this.prepareStore(databaseUrl, pack);
    if (shutdown.hasBegun()) return undefined;

    const mqttUrl = options.mqttUrl ?? `mqtt://127.0.0.1:${options.mqttPort}`;
    const { roles, host, port, shard, speed, begin, solver, token } = options;
    const settings = { roles, host, port, mqttUrl, shard, speed, begin, solver, token };
    const app = await NestFactory.create<NestExpressApplication>(
      PlatformModule.of({ settings, pack, store, metrics: new Metrics() }),
      { logger: ['error', 'warn'], abortOnError: false, bodyParser: false },
    );
    configureApi(app);
    await shutdown.add('roles', 3_000, () => app.close());
    this.say(`Starting ${[...roles].join(', ')} …`);
    await app.listen(port, host).catch((error: unknown) => {
      throw new StartError(`Cannot start on ${host} port ${port}: ${errorMessage(error)}.`);
    });
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    if (shutdown.hasBegun()) return undefined;
    if (roles.has('api')) this.say(`The pages can be opened: ${url}`);

    if (options.replay) {
      this.say('Starting the gateway that replays the recording …');
      const gateway = new GatewayProcess({ games: pack.directory, mqttUrl, home: join(options.home, 'gateway') });
      gateway.start();
      await shutdown.add('gateway', 3_000, () => gateway.stop());
    }
    await waitUntilReady(url, { say: this.say, interrupted: () => shutdown.hasBegun(), token });
    return shutdown.hasBegun() ? undefined : url;
  }

  private async readPack(): Promise<Pack> {
    const pack = await loadPack(this.options.games);
    const faults = pack.ok ? checkDevices(pack.value.devices) : pack.error;
    const refused = pack.ok ? refuseDay(pack.value.games, this.options.begin.day) : undefined;
    if (refused !== undefined) throw new StartError(refused);
    if (pack.ok && faults.length === 0) return pack.value;
    const [first, ...others] = faults;
    const more = others.length === 0 ? '' : ` And ${others.length} more: npm run -s venueflow -- games check <pack>`;
    throw new StartError(
      `The Games pack ${this.options.games} cannot be used: ${first ? formatFault(first) : 'unknown fault'}.${more}`,
    );
  }

  private async probe(): Promise<void> {
    const { host, port, roles, mqttUrl, mqttPort, databaseUrl } = this.options;
    await probePort('--port', host, port);
    if (roles.has('broker')) await probePort('--mqtt-port', '127.0.0.1', mqttPort);
    if (databaseUrl !== undefined) await probeDatabase(databaseUrl);
    if (mqttUrl !== undefined) await probeBroker(mqttUrl);
  }

  /** Opens the database, brings its tables up to date, and makes the pack's venues and points known in it. */
  private async prepareStore(url: string, pack: Pack): Promise<Store> {
    try {
      const store = await Store.open(url);
      await this.shutdown.add('store', 1_000, () => store.close());
      this.say(`Preparing the database (${store.tier}) …`);
      await store.migrate();
      // Who only simulates may have another pack than the event's, and then says so with each run.
      if (!needsBroker(this.options.roles)) return store;
      await store.registerPack(pack);
      const begun = await store.operations.loadClock();
      for (const line of begun ? tellBegun(pack.games, this.options.begin, begun.reservedEventMs) : []) this.say(line);
      return store;
    } catch (error) {
      throw new StartError(
        `The database ${maskUrl(url)} cannot be prepared: ${errorMessage(error)}. Its user must be allowed to make tables there.`,
      );
    }
  }

  /** The embedded PostgreSQL. Its address is left in `<home>/database-url` for psql and Grafana while it runs. */
  private async startDatabase(): Promise<string> {
    this.say('Starting the embedded PostgreSQL …');
    const directory = join(this.options.home, 'postgres');
    const database = await startEmbeddedPostgres({ directory, onProgress: this.say }).catch((error: unknown) => {
      if (error instanceof EmbeddedPostgresError) throw new StartError(error.message);
      throw error;
    });
    const note = join(this.options.home, 'database-url');
    await this.shutdown.add('PostgreSQL', 2_000, async () => {
      rmSync(note, { force: true });
      await database.stop();
    });
    writeFileSync(note, `${database.url}\n`, { mode: 0o600 });
    chmodSync(note, 0o600);
    return database.url;
  }
}
