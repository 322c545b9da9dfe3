import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Store } from '#libs/store';
import { runVenueflow } from '../../../apps/cli/src/recorded-output.fixture.js';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, reading } from './fixtures.js';

/** Undoes what later migrations did. */
const TO_FIRST_SCHEMA = [
  `delete from migration where name not in ('Relational1767000000000', 'Series1767000001000')`,
  'drop table delivery',
  `alter table gateway drop column state, drop column state_at, drop column buffered, drop column published,
     drop column dropped, drop column clock_skew_s`,
  'alter table rollup_pending drop column marked_at',
  'drop table vehicle_position',
  'drop table session_state',
  'drop table ledger_day',
  'drop table simulation_day',
  'drop table simulation_run',
];

describe('venueflow migrate', () => {
  let server: TestDatabase;
  let name: string;
  let url: string;

  beforeAll(async () => {
    server = await openTestDatabase();
  });
  afterAll(async () => {
    await server.close();
  });
  beforeEach(async () => {
    name = `venueflow_migrate_${randomBytes(6).toString('hex')}`;
    await server.store.pool.query(`create database ${name}`);
    url = server.url.replace(/[^/]+$/, name);
  });
  afterEach(async () => {
    await server.store.pool.query(`drop database if exists ${name} with (force)`);
  });

  const migrate = (...options: readonly string[]) => runVenueflow('migrate', ...options);
  const asRole = (role: string, password: string): string => {
    const other = new URL(url);
    other.username = role;
    other.password = password;
    return other.href;
  };

  it('says what it did, and a second time that nothing was left', async () => {
    const first = await migrate('--database', url, '--json');
    expect(first).toMatchObject({ err: '', failed: false, error: undefined });
    const { tier } = server.store;
    expect(JSON.parse(first.out)).toMatchObject({
      ok: true,
      tier,
      ran: expect.arrayContaining(['Series1767000001000']),
    });
    const second = await migrate('--database', url, '--json');
    expect(JSON.parse(second.out)).toEqual({ ok: true, tier, ran: [] });
    expect((await migrate('--database', url)).out).toContain('Nothing to do');
  });

  it('makes partitions or chunks ahead', async () => {
    await migrate('--database', url);
    const store = await Store.open(url);
    try {
      const { rows } = await store.pool.query<{ chunks: number }>(
        `select count(*)::integer as chunks from pg_inherits where inhparent = 'reading'::regclass`,
      );
      expect(rows).toEqual([{ chunks: 5 }]);
      expect((await store.pool.query('select from reading')).rowCount).toBe(0);
    } finally {
      await store.close();
    }
  });

  it('brings an older schema up to date while readings are written', async () => {
    await migrate('--database', url);
    const store = await Store.open(url);
    try {
      for (const statement of TO_FIRST_SCHEMA) await store.pool.query(statement);
      const writing = { on: true };
      let written = 0;
      const writer = (async () => {
        for (; writing.on; written += 1) await store.readings.write(batchOf(reading(written, at(0), 1)));
      })();
      const { out } = await migrate('--database', url, '--json');
      writing.on = false;
      await writer;
      expect(JSON.parse(out)).toMatchObject({ ok: true, ran: expect.arrayContaining(['IngestState1767000002000']) });
      expect((await store.pool.query('select from reading')).rowCount).toBe(written);
      expect(await store.listSchemaDifferences()).toEqual([]);
      expect(await store.readings.rollUp({ settled: true })).toBe(0);
      expect(await store.readings.rollUp()).toBeGreaterThan(0);
    } finally {
      await store.close();
    }
  });

  it('disturbs no writer, and drops nothing', async () => {
    await migrate('--database', url);
    const store = await Store.open(url);
    try {
      const writing = { on: true };
      let written = 0;
      const writer = (async () => {
        for (; writing.on; written += 1) await store.readings.write(batchOf(reading(1, at(-written * 1_440), 1)));
      })();
      const runs = await Promise.all([migrate('--database', url), migrate('--database', url)]);
      writing.on = false;
      await writer;
      expect(runs.map(({ failed }) => failed)).toEqual([false, false]);
      expect((await store.pool.query('select from reading')).rowCount).toBe(written);
    } finally {
      await store.close();
    }
  });

  it.each([
    [[], 'No database is named'],
    [['--database', 'localhost'], 'must be given as a URL'],
    [['--database', 'mysql://root@localhost/x'], 'must be given as a URL'],
    [['--database', 'postgres://somebody:hidden@127.0.0.1:1/x'], 'Perhaps the server is not running'],
  ])('with %j says why not', async (options, reason) => {
    const before = process.env['DATABASE_URL'];
    delete process.env['DATABASE_URL'];
    try {
      const said = await migrate(...options);
      expect(said).toMatchObject({ out: '', failed: true });
      expect(said.err).toContain(reason);
      expect(said.err).not.toContain('hidden');
      expect(JSON.parse((await migrate(...options, '--json')).out)).toMatchObject({ ok: false });
    } finally {
      if (before !== undefined) process.env['DATABASE_URL'] = before;
    }
  });

  it('says what a role lacks, and which database is missing', async () => {
    const role = `${name}_reader`;
    await server.store.pool.query(`create role ${role} login password 'secret'`);
    try {
      const lacking = await migrate('--database', asRole(role, 'secret'));
      expect(lacking).toMatchObject({ failed: true });
      expect(lacking.err).toContain('permission denied');
      expect(lacking.err).toContain('grant this role CREATE');
      expect((await migrate('--database', `${url}_nowhere`)).err).toContain('does not exist. Perhaps create it first');
    } finally {
      await server.store.pool.query(`drop role ${role}`);
    }
  });
});
