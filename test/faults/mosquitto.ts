import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { settingsAt } from '../../apps/cli/src/bench/servers/mosquitto.js';
import { freePort } from '../integration/broker.js';
import { Program } from './program.js';
import { until } from './until.js';

/** A Mosquitto with the settings that Venueflow ships, on a port and in a folder of its own. */
export interface Mosquitto {
  readonly url: string;
  /** `kill -9`. What it did not save is lost: everything since its last snapshot. */
  kill(): Promise<void>;
  /** Waits until it answers. */
  answers(): Promise<void>;
  close(): Promise<void>;
}

const isOpen = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const open = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return open;
};

export const openMosquitto = async (command: string): Promise<Mosquitto> => {
  const folder = mkdtempSync(join(tmpdir(), 'venueflow-faults-broker-'));
  const port = await freePort();
  const shipped = readFileSync(new URL('../../config/mosquitto.conf', import.meta.url), 'utf8');
  // Root would become the user mosquitto, to whom the folder does not belong.
  const user = process.getuid?.() === 0 ? '\nuser root\n' : '\n';
  writeFileSync(join(folder, 'mosquitto.conf'), settingsAt(shipped, folder, port) + user);
  const program = new Program({
    name: 'Mosquitto',
    command,
    args: ['-c', join(folder, 'mosquitto.conf')],
    ready: /mosquitto version .* running/,
  });
  const answers = () =>
    until('Mosquitto answers', async () => ((await isOpen(port)) ? undefined : program.lines.slice(-3).join('\n')), 20);
  program.start();
  try {
    await answers();
  } catch (error) {
    await program.stop();
    throw error;
  }
  return {
    url: `mqtt://127.0.0.1:${port}`,
    kill: () => program.kill(),
    answers,
    close: async () => {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
