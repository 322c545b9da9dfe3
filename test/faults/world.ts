import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FedGateway } from './fed-gateway.js';
import { ForeignDevice, SENML, SHELLY } from './foreign-device.js';
import { IngestFleet } from './ingest-fleet.js';
import { Ledger } from './ledger.js';
import { type Mosquitto, openMosquitto } from './mosquitto.js';
import { GATEWAYS, SMALL_GATEWAY, TIMED_DEVICES, UNTIMED_DEVICES, writePack } from './pack.js';
import { ShiftedClock } from './shifted-clock.js';
import { TcpProxy } from './tcp-proxy.js';
import { Timescaledb } from './timescaledb.js';
import { until } from './until.js';

const SMALL_MEGABYTES = 1;

/** Everything that a reading passes, as real processes; each link through a proxy. */
export class World {
  readonly #closing: (() => void | Promise<void>)[] = [];

  private constructor(
    readonly database: Timescaledb,
    readonly broker: Mosquitto,
    /** Between gateways and broker, ingest and broker, ingest and database. */
    readonly networks: { readonly gateways: TcpProxy; readonly ingest: TcpProxy; readonly database: TcpProxy },
    readonly clocks: { readonly gateways: ShiftedClock; readonly ingest: ShiftedClock },
    readonly ingests: IngestFleet,
    readonly gateways: readonly FedGateway[],
    readonly smallGateway: FedGateway,
    readonly devices: readonly ForeignDevice[],
    readonly ledger: Ledger,
  ) {}

  /** Starts all of it; closes what was started when one part does not. */
  static async open(mosquitto: string): Promise<World> {
    const closing: (() => void | Promise<void>)[] = [];
    try {
      return await World.#open(mosquitto, closing);
    } catch (error) {
      await closeAll(closing);
      throw error;
    }
  }

  static async #open(mosquitto: string, closing: (() => void | Promise<void>)[]): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'venueflow-faults-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const games = join(folder, 'pack');
    writePack(games);
    const database = await Timescaledb.start();
    closing.push(() => database.close());
    const broker = await openMosquitto(mosquitto);
    closing.push(() => broker.close());
    const networks = {
      gateways: await TcpProxy.before(broker.url),
      ingest: await TcpProxy.before(broker.url),
      database: await TcpProxy.before(database.url),
    };
    closing.push(() => Promise.all(Object.values(networks).map((network) => network.close())).then(() => undefined));
    const clocks = {
      gateways: new ShiftedClock(join(folder, 'gateways.clock')),
      ingest: new ShiftedClock(join(folder, 'ingest.clock')),
    };
    const ingests = new IngestFleet({
      games,
      databaseUrl: networks.database.urlOf(database.url),
      mqttUrl: networks.ingest.urlOf(broker.url),
      home: folder,
      environment: clocks.ingest.environment,
    });
    closing.push(() => ingests.stop());
    await ingests.start(1, 60);
    const gatewayOf = (source: (typeof GATEWAYS)[number], bufferMegabytes?: number) =>
      new FedGateway({
        source,
        games,
        mqttUrl: networks.gateways.urlOf(broker.url),
        home: join(folder, source.id),
        environment: clocks.gateways.environment,
        ...(bufferMegabytes === undefined ? {} : { bufferMegabytes }),
      });
    const gateways = GATEWAYS.map((source) => gatewayOf(source));
    const smallGateway = gatewayOf(SMALL_GATEWAY, SMALL_MEGABYTES);
    for (const gateway of [...gateways, smallGateway]) {
      closing.push(() => gateway.stop());
      await gateway.start();
    }
    const devices = [
      ...TIMED_DEVICES.map((source) => new ForeignDevice(broker.url, source, SENML)),
      ...UNTIMED_DEVICES.map((source) => new ForeignDevice(broker.url, source, SHELLY)),
    ];
    closing.push(() => {
      for (const device of devices) device.stop();
    });
    const ledger = new Ledger(database, [...gateways, smallGateway, ...devices]);
    const world = new World(database, broker, networks, clocks, ingests, gateways, smallGateway, devices, ledger);
    world.#closing.push(...closing);
    return world;
  }

  /** Until a reading of each source came through; from here on they count. */
  async warmUp(): Promise<void> {
    const senders = [...this.gateways, this.smallGateway, ...this.devices];
    const lack = async (): Promise<string | undefined> => {
      for (const gateway of [...this.gateways, this.smallGateway]) if (gateway.written === 0) gateway.feed(1);
      for (const device of this.devices) device.publish();
      const audits = await this.ledger.audit();
      const silent = senders.filter((sender) => audits.get(sender)?.stored === 0);
      return silent.length === 0 ? undefined : `none of ${silent.map(({ source }) => source.id).join(', ')}`;
    };
    await until('a reading of each source is stored', lack, 60).catch((error: unknown) => {
      throw new Error([String(error), ...this.lines].join('\n'));
    });
    for (const device of this.devices) device.excuse();
  }

  /** What the programs said last. */
  get lines(): readonly string[] {
    const said = (gateway: FedGateway) => gateway.lines.slice(-5).map((line) => `${gateway.source.id}: ${line}`);
    return [...this.ingests.lines, ...[...this.gateways, this.smallGateway].flatMap(said)];
  }

  close(): Promise<void> {
    return closeAll(this.#closing);
  }
}

/** In the opposite order; what fails does not keep the rest running. */
const closeAll = async (closing: (() => void | Promise<void>)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const close of closing.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.');
};
