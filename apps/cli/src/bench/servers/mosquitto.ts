import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import { type BenchEnvironment, findProgram } from '../environment.js';
import { BenchError } from '../process/bench-error.js';
import { Child } from '../process/child.js';
import type { Cleanup } from '../process/cleanup.js';
import { freePort } from '../process/free-port.js';
import { until } from '../process/until.js';

const START_SECONDS = 10;

export interface Broker {
  readonly url: string;
  readonly pid: number;
}

/** The settings that Venueflow ships, with a place and a port of its own. */
export const settingsAt = (shipped: string, place: string, port: number): string =>
  shipped
    .replace(/^listener .*$/m, `listener ${port} 127.0.0.1`)
    .replace(/^persistence_location .*$/m, `persistence_location ${place}/`);

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });

/** Mosquitto on loopback with the settings of `config/mosquitto.conf`. */
export const startMosquitto = async (
  root: string,
  environment: BenchEnvironment,
  folder: string,
  cleanup: Cleanup,
): Promise<Broker> => {
  const program = findProgram(environment, 'mosquitto');
  if (program === undefined)
    throw new BenchError('Mosquitto is missing. Perhaps: apt-get update && apt-get install -y mosquitto');
  const place = join(folder, 'mosquitto');
  await mkdir(place);
  const port = await freePort();
  const shipped = await readFile(join(root, 'config', 'mosquitto.conf'), 'utf8');
  // Root would become the user mosquitto, to whom the folder does not belong.
  const user = process.getuid?.() === 0 ? 'user root\n' : '';
  await writeFile(join(place, 'mosquitto.conf'), settingsAt(shipped, place, port) + user);
  const child = new Child('Mosquitto', program, ['-c', join(place, 'mosquitto.conf')]);
  cleanup.add('Mosquitto', () => child.stop());
  const up = () => {
    child.check();
    return answers(port);
  };
  await until(() => 'Mosquitto answers', up, START_SECONDS);
  return { url: `mqtt://127.0.0.1:${port}`, pid: child.pid };
};
