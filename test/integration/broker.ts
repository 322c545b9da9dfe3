import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { freePort } from '../../apps/cli/src/bench/process/free-port.js';
import { settingsAt } from '../../apps/cli/src/bench/servers/mosquitto.js';
import { EmbeddedBroker } from '../../apps/platform/src/broker/embedded-broker.js';

export { freePort };

/** A broker of a suite's own on loopback: the embedded one, or with `MOSQUITTO=<program>` a Mosquitto with the settings that Venueflow ships. */
export interface TestBroker {
  readonly url: string;
  /** Stops it in order and starts it again on its port. The embedded one forgets everything, Mosquitto nothing. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const openEmbedded = async (): Promise<TestBroker> => {
  const start = (port: number) => EmbeddedBroker.start({ host: '127.0.0.1', port, warn: () => undefined });
  let broker = await start(0);
  const { port } = broker;
  return {
    url: `mqtt://127.0.0.1:${port}`,
    restart: async () => {
      await broker.close();
      broker = await start(port);
    },
    close: () => broker.close(),
  };
};

const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const answered = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return answered;
};

const openMosquitto = async (program: string): Promise<TestBroker> => {
  const folder = mkdtempSync(join(tmpdir(), 'venueflow-mosquitto-'));
  const port = await freePort();
  const shipped = readFileSync(new URL('../../config/mosquitto.conf', import.meta.url), 'utf8');
  // Root would become the user mosquitto, to whom the folder does not belong.
  const user = process.getuid?.() === 0 ? 'user root\n' : '';
  writeFileSync(join(folder, 'mosquitto.conf'), settingsAt(shipped, folder, port) + user);
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(program, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`${program} ended with exit code ${String(code)}.`);
    });
    const up = async () => {
      while (!(await answers(port))) await delay(20);
    };
    await Promise.race([
      up(),
      failed,
      delay(10_000, undefined, { ref: false }).then(() => Promise.reject(new Error(`${program} does not answer.`))),
    ]);
    failed.catch(() => undefined);
    return child;
  };
  const stop = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  let child = await start();
  return {
    url: `mqtt://127.0.0.1:${port}`,
    restart: async () => {
      await stop(child);
      child = await start();
    },
    close: async () => {
      await stop(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const openTestBroker = (): Promise<TestBroker> => {
  const program = process.env['MOSQUITTO'];
  return program ? openMosquitto(program) : openEmbedded();
};
