import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyOut, mayRun, PROGRAMS } from './copy-out.js';

const account = { name: 'nobody', uid: 65_534, gid: 65_534 };

describe('the copy of PostgreSQL for its account', () => {
  let folder: string;

  /** A package as npm leaves it under umask 077. */
  const closedPackage = (name: string, content: string): string => {
    const root = join(folder, name);
    const bin = join(root, 'native', 'bin');
    mkdirSync(bin, { recursive: true });
    for (const program of PROGRAMS) {
      writeFileSync(join(bin, program), content);
      chmodSync(join(bin, program), 0o700);
    }
    writeFileSync(join(root, 'native', 'timezones'), 'UTC');
    chmodSync(join(root, 'native', 'timezones'), 0o600);
    for (const path of [bin, join(root, 'native'), root]) chmodSync(path, 0o700);
    return root;
  };
  const copy = (root: string, target: string) => copyOut(root, target, account, () => Promise.resolve());
  const modeOf = (...path: string[]) => statSync(join(folder, ...path)).mode & 0o777;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'venueflow-copy-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is open to everyone, however closed the package is', async () => {
    await copy(closedPackage('package', '1'), join(folder, 'copy'));
    expect(mayRun(account, join(folder, 'copy', 'native', 'bin'))).toBe(true);
    expect([modeOf('copy'), modeOf('copy', 'native'), modeOf('copy', 'native', 'bin', 'initdb')]).toEqual([
      0o755, 0o755, 0o755,
    ]);
    expect(modeOf('copy', 'native', 'timezones')).toBe(0o644);
  });

  it('is made anew when the account cannot run the one that is there, and kept when it can', async () => {
    closedPackage('copy', 'broken');
    await copy(closedPackage('package', 'new'), join(folder, 'copy'));
    await copy(closedPackage('other', 'newer'), join(folder, 'copy'));
    expect(readFileSync(join(folder, 'copy', 'native', 'bin', 'postgres'), 'utf8')).toBe('new');
  });

  it.each([
    [0o755, true],
    [0o700, false],
    [0o711, false],
    [0o744, false],
  ])('can be run with programs of mode %o: %s', (mode, expected) => {
    const root = closedPackage('package', '1');
    for (const path of [root, join(root, 'native'), join(root, 'native', 'bin')]) chmodSync(path, 0o755);
    for (const program of PROGRAMS) chmodSync(join(root, 'native', 'bin', program), mode);
    expect(mayRun(account, join(root, 'native', 'bin'))).toBe(expected);
  });
});
