import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface GatewayOptions {
  readonly games: string;
  readonly mqttUrl: string;
  readonly home: string;
}

/** The gateway's program in `dist`, whether this file runs from there or from its source. */
const program = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../dist/apps/gateway/src/main.js', import.meta.url)
    : new URL('../../gateway/src/main.js', import.meta.url),
);

const RESTART_MS = 5_000;

/**
 * Runs the gateway as a process of its own, tied to this one by its IPC channel: when this process dies, it ends.
 * One that ends by itself is started again after five seconds.
 */
export class GatewayProcess {
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly options: GatewayOptions) {}

  start(): void {
    const { games, mqttUrl, home } = this.options;
    // The address may hold a password: not on a command line, which everybody can read.
    const child = fork(program, ['--games', games, '--home', home], {
      env: { ...process.env, MQTT_URL: mqttUrl },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child = child;
    child.once('error', (error) => process.stderr.write(`The gateway cannot be run: ${error.message}\n`));
    child.once('exit', (code, signal) => {
      this.child = undefined;
      if (this.stopping) return;
      process.stderr.write(
        `The gateway ended (${signal ?? String(code)}); starting it again in ${RESTART_MS / 1000} s.\n`,
      );
      this.timer = setTimeout(() => this.start(), RESTART_MS);
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (!child) return;
    const ended = once(child, 'exit');
    const kill = setTimeout(() => child.kill('SIGKILL'), 2_500);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(kill);
  }
}
