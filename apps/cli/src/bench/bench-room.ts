import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readBenchEnvironment } from './environment.js';
import { LoadProcess } from './load/load-process.js';
import type { LoadResult, LoadRun } from './load/protocol.js';
import type { Cleanup } from './process/cleanup.js';
import { type CpuShares, watchCpu, type Watched } from './process/cpu-watch.js';
import { projectRoot } from './process/project-root.js';
import { type BenchDatabase, createDatabase, describeServer, type Server, startServer } from './servers/database.js';
import { makePack } from './servers/make-pack.js';
import { type Broker, startMosquitto } from './servers/mosquitto.js';
import { PlatformProcess } from './servers/platform.js';

export interface Measured {
  readonly load: LoadResult;
  readonly cpu: CpuShares;
}

/** The servers, the pack and the load generator of a bench. Everything is stopped by `cleanup`. */
export class BenchRoom {
  private constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly cleanup: Cleanup,
    readonly server: Server,
    readonly version: string,
    readonly durable: boolean,
    readonly broker: Broker,
    private readonly generator: LoadProcess,
  ) {}

  static async open(seed: number, cleanup: Cleanup, say: (line: string) => void): Promise<BenchRoom> {
    const root = projectRoot();
    const environment = readBenchEnvironment(process.env);
    const folder = await mkdtemp(join(tmpdir(), 'venueflow-bench-'));
    cleanup.add(folder, () => rm(folder, { recursive: true, force: true }));
    const gateways = await makePack(root, join(folder, 'pack'));
    const server = await startServer(root, environment, folder, cleanup, say);
    const { version, durable } = await describeServer(server.url);
    const broker = await startMosquitto(root, environment, folder, cleanup);
    const generator = LoadProcess.start();
    cleanup.add('the load generator', () => generator.stop());
    await generator.connect({ mqttUrl: broker.url, gateways, seed });
    return new BenchRoom(root, folder, cleanup, server, version, durable, broker, generator);
  }

  createDatabase(): Promise<BenchDatabase> {
    return createDatabase(this.server, this.cleanup);
  }

  startPlatform(roles: string, databaseUrl: string): Promise<PlatformProcess> {
    const [games, home] = [join(this.folder, 'pack'), join(this.folder, `home-${roles.replace(',', '-')}`)];
    const { root, broker, cleanup } = this;
    return PlatformProcess.start({ root, roles, games, home, databaseUrl, mqttUrl: broker.url }, cleanup);
  }

  /** Runs a load, and tells what it, the servers and `readers` took of the cores. */
  async measure(readers: readonly Watched[], run: LoadRun): Promise<Measured> {
    const { server, broker, generator } = this;
    const done = watchCpu([
      { name: 'generator', pid: generator.pid },
      { name: 'mosquitto', pid: broker.pid },
      ...readers,
      ...(server.pid === undefined ? [] : [{ name: 'postgres', pid: server.pid, family: true }]),
    ]);
    const load = await generator.run(run);
    return { load, cpu: done() };
  }
}
