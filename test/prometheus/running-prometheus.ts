import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { freePort } from '../integration/broker.js';

const configShape = z.looseObject({
  global: z.looseObject({}),
  scrape_configs: z.array(z.looseObject({ static_configs: z.array(z.object({ targets: z.array(z.string()) })) })),
});

/** The committed configuration with this target, scraped each second. */
const configFor = (host: string): string => {
  const committed = new URL('../../config/prometheus/prometheus.yml', import.meta.url);
  const config = configShape.parse(parse(readFileSync(committed, 'utf8')));
  return stringify({
    ...config,
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: config.scrape_configs.map((job) => ({ ...job, static_configs: [{ targets: [host] }] })),
  });
};

const answerShape = z.object({
  data: z.object({
    result: z.array(
      z.object({
        values: z.array(z.tuple([z.number(), z.string()])).optional(),
        value: z.tuple([z.number(), z.string()]).optional(),
      }),
    ),
  }),
});

/** A real Prometheus on a free port with data of its own that scrapes one platform. Always `stop` it. */
export class RunningPrometheus {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  /** @param host `host:port` of the platform */
  static async start(host: string): Promise<RunningPrometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'venueflow-prometheus-'));
    const config = join(folder, 'prometheus.yml');
    writeFileSync(config, configFor(host));
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      process.env['PROMETHEUS'] ?? 'prometheus',
      [`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=${address}`],
      { stdio: 'ignore' },
    );
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    const prometheus = new RunningPrometheus(child, folder, `http://${address}`);
    await Promise.race([failed, prometheus.#ready()]);
    return prometheus;
  }

  /** Finite values of a query, over the last two minutes or only now. Throws on an error in the query. */
  async query(expr: string, instant: boolean): Promise<readonly number[]> {
    const now = Date.now() / 1000;
    const query = new URLSearchParams(
      instant ? { query: expr } : { query: expr, start: String(now - 120), end: String(now), step: '2' },
    );
    const response = await fetch(`${this.url}/api/v1/${instant ? 'query' : 'query_range'}?${query.toString()}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`${expr}: ${text}`);
    const { result } = answerShape.parse(JSON.parse(text)).data;
    return result
      .flatMap(({ values, value }) => [...(values ?? []), ...(value ? [value] : [])])
      .map(([, number]) => Number(number))
      .filter(Number.isFinite);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'close');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const until = Date.now() + 30_000;
    while (Date.now() < until && this.child.exitCode === null) {
      const response = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (response?.ok) return;
      await delay(200);
    }
    await this.stop();
    throw new Error('Prometheus is not ready after 30 s.');
  }
}
