import { describe, expect, it } from '@jest/globals';
import { chooseAccount, mayEnter } from './account.js';

const NOBODY = 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin';
const POSTGRES = 'postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash';

describe('the account for PostgreSQL', () => {
  it('is postgres where there is one, else nobody', () => {
    expect(chooseAccount(`root:x:0:0\n${NOBODY}\n${POSTGRES}\n`)).toEqual({ name: 'postgres', uid: 101, gid: 104 });
    expect(chooseAccount(`root:x:0:0\n${NOBODY}\n`)?.uid).toBe(65_534);
    expect(chooseAccount('root:x:0:0\n')).toBeUndefined();
  });

  it.each([
    [0o755, 0, 0, true],
    [0o700, 0, 0, false],
    [0o700, 101, 0, true],
    [0o710, 0, 104, true],
    [0o701, 0, 104, false],
    [0o677, 101, 104, false],
  ])('may enter a folder of mode %o, owner %d, group %d: %s', (mode, uid, gid, expected) => {
    expect(mayEnter({ name: 'postgres', uid: 101, gid: 104 }, { mode, uid, gid })).toBe(expected);
  });
});
