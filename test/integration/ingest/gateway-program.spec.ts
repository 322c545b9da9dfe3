import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const program = fileURLToPath(new URL('../../../dist/apps/gateway/src/main.js', import.meta.url));
const pack = fileURLToPath(new URL('../../../config/campus-replay', import.meta.url));
/** Nobody listens on port 1. */
const NOBODY = 'mqtt://127.0.0.1:1';

describe('the gateway program', () => {
  let home: string;
  let child: ChildProcess;
  let complaints: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'venueflow-gateway-'));
    complaints = '';
  });
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(home, { recursive: true });
  });

  const start = (flags: Readonly<Record<string, string>>) => {
    const args = Object.entries({ '--games': pack, '--mqtt': NOBODY, '--home': home, ...flags }).flat();
    child = fork(program, args, { silent: true });
    child.stderr?.on('data', (text: Buffer) => (complaints += text.toString()));
    return child;
  };
  const exit = async () => ((await once(child, 'exit')) as [number | null])[0];
  const started = () => once(child.stdout ?? child, 'data');

  it.each([
    ['a URL that names no broker', { '--mqtt': 'http://127.0.0.1' }, /--mqtt http:\/\/127\.0\.0\.1\/ is no broker URL/],
    ['a pack that is not there', { '--games': '/nowhere' }, /the pack \/nowhere cannot be used/],
    ['a home that cannot be', { '--home': '/dev/null/home' }, /the home \/dev\/null\/home cannot be used/],
    [
      'a gateway that is not there',
      { '--gateway': 'x/y' },
      /--gateway x\/y is not in the pack\. It has: marshall\/gw-marshall, /,
    ],
    [
      'stdin for more than one gateway',
      { '--source': 'stdin' },
      /--source stdin serves one gateway\. Add --gateway, one of: /,
    ],
    [
      'a broker for a gateway that reads no devices',
      { '--source': NOBODY, '--gateway': 'marshall/gw-marshall' },
      /devices\.yaml has no device that marshall\/gw-marshall reads/,
    ],
    ['a source that is none', { '--source': 'ftp://me:secret@x' }, /--source ftp:\/\/me:\*\*\*@x\/ is no source/],
    ['a buffer without a size', { '--buffer-mb': '0' }, /--buffer-mb.*Give a whole number from 1 to/],
    ['a flag that it does not know', { '--sped': '60' }, /unknown option '--sped'/],
  ])('refuses %s in one line, with exit code 1', async (_name, flags, complaint) => {
    start(flags);
    expect(await exit()).toBe(1);
    expect(complaints).toMatch(complaint);
    expect(complaints.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('lives without a broker, says so once, and ends within 3 s of SIGTERM', async () => {
    start({});
    await started();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(complaints).toMatch(/127\.0\.0\.1:1 cannot be reached.*ECONNREFUSED/);
    expect(complaints.trim().split('\n')).toHaveLength(1);
    const before = performance.now();
    child.kill('SIGTERM');
    expect(await exit()).toBe(0);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('ends when its parent is gone', async () => {
    start({});
    await started();
    child.disconnect();
    expect(await exit()).toBe(0);
  });
});
