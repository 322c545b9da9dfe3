import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { topics } from '#libs/telemetry';
import { bufferDirectory, DiskBuffer } from '../../../apps/gateway/src/buffer/disk-buffer.js';
import { loadProgress } from '../../../apps/gateway/src/buffer/progress.js';
import { TcpProxy } from '../../faults/tcp-proxy.js';
import { until } from './bench.js';
import { gateway, type GatewayWorld, openGatewayWorld, type Run, venue } from './gateway-world.js';

const flags = { '--source': 'stdin', '--gateway': `${venue}/${gateway}` };
const T0 = 1_767_700_000_000;
const line = (n: number) => `${JSON.stringify({ point: 'load.active_power', ts: T0 + n, value: n })}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('');
const expected = (count: number) => Array.from({ length: count }, (_, n) => [`load.active_power@${T0 + n}`, n]);

const feed = async ({ child }: Run, text: string): Promise<void> => {
  if (!child.stdin?.write(text)) {
    await new Promise<void>((resolve) => child.stdin?.once('drain', () => resolve()).once('close', () => resolve()));
  }
};

describe('venueflow gateway --source stdin', () => {
  let world: GatewayWorld;
  beforeEach(async () => {
    world = await openGatewayWorld();
  });
  afterEach(() => world.close());

  it('takes every line, names the bad ones, and ends with 0 when all is receipted', async () => {
    const run = world.start(flags);
    const long = `{"point":"${'x'.repeat(1_000_000)}","value":1}\n`;
    await feed(run, lines(0, 1_000) + 'no JSON\n' + long + '\n' + lines(1_000, 3_000));
    run.child.stdin?.end('{"point":"load.active_power","ts":1767700003000,"value":3000}');
    expect(await run.exit()).toBe(0);
    expect([...world.stored]).toEqual(expected(3_001));
    expect(run.said.out).toContain('3004 lines taken: 3001 readings written, 2 lines refused; all is receipted.');
    expect(run.said.err).toMatch(/stdin line 1001: "no JSON" is not json/);
    expect(run.said.err).toMatch(/stdin line 1002 has over 65536 bytes/);
  });

  it('gives a line without a time the time of its arrival, within 200 ms', async () => {
    const run = world.start(flags);
    const before = Date.now();
    await feed(run, '{"point":"load.active_power","value":1}\n{"point":"load.active_power","value":2}\n');
    await until('both are stored', () => world.stored.size === 2);
    const times = [...world.stored.keys()].map((key) => Number(key.split('@')[1]));
    expect(times[0]).toBeGreaterThanOrEqual(before);
    expect(times[1]).toBeGreaterThan(times[0] ?? Infinity);
    run.child.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
  });

  it('says how many readings remain without a platform, with 3, and sends them when it is started again', async () => {
    world.online = false;
    const run = world.start({ ...flags, '--drain-s': '1' }, { cli: true });
    run.child.stdin?.end(lines(0, 700));
    expect(await run.exit()).toBe(3);
    expect(run.said.out).toContain('700 readings written, 0 lines refused; 700 readings remain in the buffer');
    world.online = true;
    const again = world.start(flags, { cli: true });
    again.child.stdin?.end();
    expect(await again.exit()).toBe(0);
    expect([...world.stored]).toEqual(expected(700));
  });

  it('stores every line once that it took, however often it is killed', async () => {
    const total = 30_000;
    let fed = 0;
    for (let kill = 0; kill < 3; kill++) {
      const run = world.start(flags);
      const goal = world.stored.size + 3_000 + kill * 1_000;
      for (let n = fed; n < total && world.stored.size < goal; n += 100) await feed(run, lines(n, n + 100));
      run.child.kill('SIGKILL');
      await run.exit();
      // What its disk took is the beginning of what it was fed; the feeder goes on from there.
      const buffer = new DiskBuffer({ directory: bufferDirectory(world.home, venue, gateway), firstSeq: 0 });
      expect(buffer.published).toBeGreaterThanOrEqual(world.stored.size);
      fed = buffer.published;
      buffer.close();
    }
    expect(fed).toBeGreaterThan(9_000);
    const last = world.start(flags);
    last.child.stdin?.end(lines(fed, total));
    expect(await last.exit()).toBe(0);
    expect([...world.stored]).toEqual(expected(total));
  });

  it('numbers its messages above a receipt of a home that is lost, also when that was numbered higher', async () => {
    const seq = Date.now() + 3_600_000;
    await world.client.publishAsync(topics.stored(venue, gateway), JSON.stringify({ seq }), { qos: 1, retain: true });
    const run = world.start(flags);
    run.child.stdin?.end(lines(0, 1_200));
    expect(await run.exit()).toBe(0);
    expect(run.said.err).toContain(`its messages are numbered from ${seq + 1} on`);
    expect(world.seqs[0]).toBe(seq + 1);
    expect([...world.stored]).toEqual(expected(1_200));
  });

  it('ends on SIGTERM with 0, says what it took, and shows no password on a command line', async () => {
    const address = world.broker.url.replace('//', '//me:secret@');
    const run = world.start({ ...flags, '--mqtt': address }, { cli: true });
    await feed(run, lines(0, 10));
    await until('they are stored', () => world.stored.size === 10);
    const pid = Number(readFileSync(join(world.home, 'gateway.pid'), 'utf8'));
    expect(pid).not.toBe(run.child.pid);
    const shown = execFileSync('ps', ['-o', 'args=', '-p', String(pid)]).toString();
    expect(shown).toContain('--home');
    expect(shown + run.said.out).not.toContain('secret');
    run.child.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
    expect(run.said.out).toContain('10 lines taken: 10 readings written');
    await until('it says goodbye', () => world.status()?.state === 'offline');
  });

  it('stores or counts as dropped each reading when its buffer overflows on a link that swallows all', async () => {
    const network = await TcpProxy.before(world.broker.url);
    try {
      const run = world.start({ ...flags, '--mqtt': network.urlOf(world.broker.url), '--buffer-mb': '1' });
      await feed(run, lines(0, 100));
      await until('the first are stored', () => world.stored.size === 100);
      network.swallow();
      await feed(run, lines(100, 60_000));
      const directory = bufferDirectory(world.home, venue, gateway);
      await until('readings are given up', () => (loadProgress(directory)?.dropped ?? 0) > 10_000);
      network.restore();
      network.cut();
      run.child.stdin?.end();
      expect(await run.exit()).toBe(0);
      const dropped = loadProgress(directory)?.dropped ?? 0;
      expect(world.stored.size + dropped).toBe(60_000);
      expect(dropped).toBeGreaterThan(10_000);
    } finally {
      await network.close();
    }
  });

  it('waits while the disk is full, says so once, and loses nothing', async () => {
    const directory = bufferDirectory(world.home, venue, gateway);
    mkdirSync(directory, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory], { stdio: 'ignore' });
    } catch {
      // Without the right to mount, the same is tested with a disk that throws: disk-buffer.spec.ts.
      return;
    }
    try {
      world.online = false;
      const run = world.start(flags);
      const fed = feed(run, lines(0, 30_000));
      await until('the disk is full', () => run.said.err.includes('ENOSPC'));
      await delay(2_500);
      expect(run.said.err.match(/ENOSPC/g)).toHaveLength(1);
      expect(world.status()?.dropped).toBe(0);
      world.online = true;
      // Its messages came while nobody stored them. A receipt that is repeated asks for them once more.
      const before = JSON.stringify({ seq: (world.oldest ?? 0) - 1 });
      await world.client.publishAsync(topics.stored(venue, gateway), before, { qos: 1 });
      await fed;
      run.child.stdin?.end();
      expect(await run.exit()).toBe(0);
      expect([...world.stored]).toEqual(expected(30_000));
    } finally {
      execFileSync('umount', ['-l', directory]);
    }
  });
});
