import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimHome } from './home-claim.js';

describe('claimHome', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'venueflow-claim-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const claim = () => join(home, 'gateway.pid');

  it('marks the home and lets go of it', async () => {
    const release = await claimHome(home);
    expect(existsSync(claim())).toBe(true);
    release();
    expect(existsSync(claim())).toBe(false);
  });

  it('takes over from a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    writeFileSync(claim(), String(gone.pid));
    (await claimHome(home))();
  });

  it('waits for a gateway that is just ending', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 500)', 'gateway']);
    const ended = once(other, 'exit');
    writeFileSync(claim(), String(other.pid));
    const before = performance.now();
    (await claimHome(home))();
    expect(performance.now() - before).toBeGreaterThan(200);
    // It is gone before its parent, which is this test, hears of it.
    expect(await ended).toEqual([0, null]);
  });
});
