import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { claimHome } from './home.js';

/** Only Linux tells when a process was started. */
const onLinux = process.platform === 'linux' ? it : it.skip;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'venueflow-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('claimHome', () => {
  it('claims a home that does not exist yet and leaves nothing when it is given back', () => {
    const release = claimHome(join(home, 'new', 'home'));
    expect(existsSync(join(home, 'new', 'home', 'platform.pid'))).toBe(true);
    release();
    expect(existsSync(join(home, 'new', 'home', 'platform.pid'))).toBe(false);
  });

  onLinux('refuses a home in which another process runs, and says which', () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    try {
      const stat = readFileSync(`/proc/${other.pid ?? 0}/stat`, 'utf8');
      const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      writeFileSync(join(home, 'platform.pid'), `${other.pid ?? 0} ${started ?? ''}\n`);
      expect(() => claimHome(home)).toThrow(`in use by process ${other.pid ?? 0}`);
    } finally {
      other.kill('SIGKILL');
    }
  });

  onLinux('takes over a claim whose process is gone, or whose number another process now has', () => {
    writeFileSync(join(home, 'platform.pid'), '4194304 1\n');
    claimHome(home)();
    writeFileSync(join(home, 'platform.pid'), `${process.ppid} 1\n`);
    expect(() => claimHome(home)).not.toThrow();
  });

  onLinux('refuses a home where the system makes no folder', () => {
    expect(() => claimHome('/proc/venueflow/home')).toThrow(/cannot be written/);
  });

  it('refuses a home that is a file', () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    expect(() => claimHome(file)).toThrow(/cannot be written \((EACCES|ENOTDIR)\).*--home/);
  });
});
