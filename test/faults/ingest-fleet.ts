import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freePort } from '../integration/broker.js';
import { Program } from './program.js';

const program = fileURLToPath(new URL('../../dist/apps/platform/src/main.js', import.meta.url));

export interface IngestFleetOptions {
  readonly games: string;
  readonly databaseUrl: string;
  readonly mqttUrl: string;
  /** Folder for their homes. */
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The ingest processes: one, or several with a shard each. */
export class IngestFleet {
  #programs: Program[] = [];
  #homes = 0;

  constructor(private readonly options: IngestFleetOptions) {}

  get size(): number {
    return this.#programs.length;
  }

  /** What they last said. */
  get lines(): readonly string[] {
    return this.#programs.flatMap(({ name, lines }) => lines.slice(-30).map((line) => `${name}: ${line}`));
  }

  /** Starts `--shard 1/count` to `count/count`; ready when all say so. */
  async start(count: number, seconds?: number): Promise<void> {
    for (let index = 1; index <= count; index++) this.#programs.push(await this.#make(index, count));
    for (const one of this.#programs) one.start();
    await this.ready(seconds);
  }

  async ready(seconds?: number): Promise<void> {
    for (const one of this.#programs) await one.ready(seconds);
  }

  /** `kill -9` of one; it is started again. */
  async kill(index: number): Promise<void> {
    await this.#programs[index]?.kill();
  }

  /** Ends one for good, with `kill -9`: nobody serves its share any more. */
  async remove(index: number): Promise<void> {
    const [gone] = this.#programs.splice(index, 1);
    await gone?.stop('SIGKILL');
  }

  /** Starts another division while this one still runs; after `seconds` together the old one ends, with `kill -9`. */
  async handOver(count: number, seconds: number): Promise<void> {
    const old = this.#programs;
    this.#programs = [];
    try {
      await this.start(count);
      await delay(seconds * 1_000);
    } finally {
      await Promise.all(old.map((one) => one.stop('SIGKILL')));
    }
  }

  async stop(): Promise<void> {
    const programs = this.#programs;
    this.#programs = [];
    await Promise.all(programs.map((one) => one.stop()));
  }

  async #make(index: number, count: number): Promise<Program> {
    const { games, databaseUrl, mqttUrl, home, environment } = this.options;
    const shard = `${index}/${count}`;
    const flags = {
      '--roles': 'ingest',
      '--games': games,
      '--home': join(home, `ingest-${++this.#homes}`),
      '--port': String(await freePort()),
      '--shard': shard,
    };
    return new Program({
      name: `ingest ${shard}`,
      command: process.execPath,
      args: [program, ...Object.entries(flags).flat()],
      environment: { ...environment, DATABASE_URL: databaseUrl, MQTT_URL: mqttUrl },
      ready: /^Venueflow is ready: /,
    });
  }
}
