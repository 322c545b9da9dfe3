import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freePort } from '../broker.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const program = fileURLToPath(new URL('../../../dist/apps/platform/src/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly seconds: number;
}

/** The built platform as a process of its own, on ports of its own. Always `stop` or `kill` it. */
export class RunningPlatform {
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<Ended>;
  private readonly started = Date.now();

  private constructor(
    readonly port: number,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ) {
    this.child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => this.lines.push(...chunk.toString().split('\n').filter(Boolean)));
    this.ended = once(this.child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      seconds: (Date.now() - this.started) / 1000,
    }));
  }

  static async start(
    home: string,
    args: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<RunningPlatform> {
    const port = await freePort();
    const ports = ['--port', String(port), '--mqtt-port', String(await freePort())];
    return new RunningPlatform(port, ['--home', home, ...ports, ...args], environment);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits for the line that says it is ready, and gives the address in it. */
  async ready(limitMs = 120_000): Promise<string> {
    const until = Date.now() + limitMs;
    while (Date.now() < until) {
      const url = this.lines.map((line) => /^Venueflow is ready: (\S+)$/.exec(line)?.[1]).find(Boolean);
      if (url) return url;
      if (this.child.exitCode !== null) break;
      await delay(50);
    }
    await this.kill();
    throw new Error(`The platform is not ready:\n${this.lines.join('\n')}`);
  }

  end(): Promise<Ended> {
    return this.ended;
  }

  /** Ends it in order; `seconds` is how long that took. */
  async stop(): Promise<Ended> {
    const asked = Date.now();
    this.child.kill('SIGTERM');
    const ended = await this.ended;
    return { ...ended, seconds: (Date.now() - asked) / 1000 };
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** GETs JSON, or throws with the status and the text. */
export const getJson = async (url: string): Promise<unknown> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text) as unknown;
};
