import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { freePort } from '../broker.js';
import { RunningPlatform } from './running-platform.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'venueflow-refusals-'));
  writeFileSync(join(folder, 'file'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts and expects exit code 1 with one line, after what it tells of its progress; gives that line. */
const refusal = async (
  args: readonly string[],
  environment: Record<string, string> = {},
  lines = 1,
): Promise<string> => {
  const platform = await RunningPlatform.start(join(folder, 'home'), args, environment);
  const { code } = await platform.end();
  expect(platform.lines).toHaveLength(lines);
  expect(code).toBe(1);
  return platform.lines.at(-1) ?? '';
};

const external = { DATABASE_URL: '', MQTT_URL: '' };

describe('a start that cannot be', () => {
  it.each(['--port', '--mqtt-port'])('names the taken port of %s', async (flag) => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      const line = await refusal([flag, String(port)], external);
      expect(line).toContain(`Port ${port} on 127.0.0.1 is taken`);
      expect(line).toContain(`${flag} <port>`);
    } finally {
      server.close();
    }
  });

  it('names the home that cannot be written', async () => {
    const home = join(folder, 'file', 'home');
    expect(await refusal(['--home', home], external)).toContain(`The home folder ${home} cannot be written`);
  });

  it('names what stands in the way of its database', async () => {
    const home = join(folder, 'blocked');
    mkdirSync(home);
    writeFileSync(join(home, 'postgres'), '');
    const line = await refusal(['--home', home], external, 2);
    expect(line).toContain(join(home, 'postgres'));
  });

  it('names the pack that is not there', async () => {
    expect(await refusal(['--games', '/no/such/pack'])).toContain('/no/such/pack');
  });

  it('names the day on which the event is not', async () => {
    expect(await refusal(['--day', '2026-03-01'])).toContain(
      '2026-03-01 is no day of Milano Cortina 2026, which lasts from 2026-02-04 to 2026-02-22.',
    );
    expect(await refusal(['--games', 'campus-replay', '--day', '2026-02-14'])).toContain('has no days of its own');
  });

  it('names the wrong flag', async () => {
    expect(await refusal(['--sped', '60'])).toContain("unknown option '--sped'");
  });

  it('names the database that does not answer, without its password', async () => {
    const url = `postgres://me:secret@127.0.0.1:${await freePort()}/venueflow`;
    const line = await refusal([], { ...external, DATABASE_URL: url });
    expect(line).toContain(`DATABASE_URL ${url.replace('secret', '***')} does not answer (connect ECONNREFUSED`);
    expect(line).not.toContain('secret');
  });

  it('names the broker that does not answer', async () => {
    const url = `mqtt://127.0.0.1:${await freePort()}`;
    expect(await refusal([], { ...external, MQTT_URL: url })).toContain(
      `MQTT_URL ${url} does not answer (connect ECONNREFUSED`,
    );
  });
});
