import { basename, delimiter, dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { findProgram, readBenchEnvironment } from './environment.js';

describe('readBenchEnvironment', () => {
  it('takes an empty variable as unset', () =>
    expect(readBenchEnvironment({ DATABASE_URL: '' }).databaseUrl).toBeUndefined());

  it('looks in the folders of PATH first, then where Debian keeps servers', () =>
    expect(readBenchEnvironment({ PATH: ['/a', '/b'].join(delimiter) }).path).toEqual([
      '/a',
      '/b',
      '/usr/sbin',
      '/usr/local/sbin',
    ]));
});

describe('findProgram', () => {
  const here = { path: ['/nowhere', dirname(process.execPath)] };

  it('gives the first of that name', () =>
    expect(findProgram(here, basename(process.execPath))).toBe(process.execPath));
  it('gives nothing for what is not there', () => expect(findProgram(here, 'no-such-program')).toBeUndefined());
});
