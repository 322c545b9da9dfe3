import { createServer } from 'node:net';

import { connectAsync } from 'mqtt';
import pg from 'pg';

import { maskUrl } from '#libs/access';
import { errorCode, errorMessage } from '#libs/kernel';

const PROBE_MS = 5_000;

/** A condition of the start that does not hold, in one line with the value and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Throws a StartError when nobody may listen there. */
export const probePort = async (flag: string, host: string, port: number): Promise<void> => {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    const taken = errorCode(error) === 'EADDRINUSE';
    throw new StartError(
      taken
        ? `Port ${port} on ${host} is taken by another program. Stop it, or choose another with ${flag} <port>.`
        : `Cannot listen on ${host} port ${port} (${errorMessage(error)}). Choose an address of this machine with --host <address>, or another port with ${flag} <port>.`,
    );
  } finally {
    server.close();
  }
};

/** Throws a StartError when the database does not answer. */
export const probeDatabase = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PROBE_MS });
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(
      `DATABASE_URL ${maskUrl(url)} does not answer (${errorMessage(error)}). Check that the server runs and that name and password are right, or unset it to use the embedded one.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Throws a StartError when the broker does not answer. */
export const probeBroker = async (url: string): Promise<void> => {
  try {
    const client = await connectAsync(url, { connectTimeout: PROBE_MS, reconnectPeriod: 0 });
    await client.endAsync(true);
  } catch (error) {
    throw new StartError(
      `MQTT_URL ${maskUrl(url)} does not answer (${errorMessage(error)}). Check that the broker runs, or unset it to use the embedded one.`,
    );
  }
};
