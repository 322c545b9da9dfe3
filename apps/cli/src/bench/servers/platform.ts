import { join } from 'node:path';

import { Child } from '../process/child.js';
import type { Cleanup } from '../process/cleanup.js';
import { freePort } from '../process/free-port.js';
import { until } from '../process/until.js';

/** The first plans of a machine that is loaded. */
const READY_SECONDS = 180;
const ANSWER_MS = 10_000;

export interface PlatformOptions {
  readonly root: string;
  readonly roles: string;
  readonly games: string;
  readonly home: string;
  readonly databaseUrl: string;
  readonly mqttUrl: string;
}

/** The platform's program with some of its roles. What node was told (such as --cpu-prof) is told to it as well. */
export class PlatformProcess {
  private constructor(
    private readonly child: Child,
    readonly url: string,
  ) {}

  static async start(options: PlatformOptions, cleanup: Cleanup): Promise<PlatformProcess> {
    const { root, roles, games, home, databaseUrl, mqttUrl } = options;
    const port = await freePort();
    const main = join(root, 'dist', 'apps', 'platform', 'src', 'main.js');
    const words = [main, '--roles', roles, '--games', games, '--home', home, '--port', String(port)];
    const child = new Child(`The platform (${roles})`, process.execPath, [...process.execArgv, ...words], {
      DATABASE_URL: databaseUrl,
      MQTT_URL: mqttUrl,
    });
    const platform = new PlatformProcess(child, `http://127.0.0.1:${port}`);
    cleanup.add(child.name, () => child.stop());
    const ready = () => {
      child.check();
      return child.lines.some((line) => line.startsWith('Venueflow is ready'));
    };
    await until(() => `${child.name} is ready (it says: ${child.lines.at(-1) ?? 'nothing'})`, ready, READY_SECONDS);
    return platform;
  }

  get pid(): number {
    return this.child.pid;
  }

  stop(): Promise<void> {
    return this.child.stop();
  }

  /** Warnings and the like: what it said, less its own progress. */
  get complaints(): readonly string[] {
    return this.child.lines.filter((line) => /warn|error|refus|cannot/i.test(line));
  }

  /** The value of one of its metrics, 0 while it was never set. */
  async metric(name: string, outcome: string): Promise<number> {
    const response = await fetch(`${this.url}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const line = (await response.text()).split('\n').find((text) => text.startsWith(`${name}{outcome="${outcome}"}`));
    return Number(line?.split(' ').at(-1) ?? 0);
  }
}
