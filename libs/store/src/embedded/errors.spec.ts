import { describe, expect, it } from '@jest/globals';
import { reasonIn } from './errors.js';

describe('the reason in a log', () => {
  it('is the last fatal line, though the server says more after it', () => {
    const log = 'LOG: starting\nFATAL: lock file is empty\nHINT: remove it\nLOG: database system is shut down\n';
    expect(reasonIn(log)).toBe('FATAL: lock file is empty');
  });

  it('is the last line when none is fatal', () => {
    expect(reasonIn('one\ntwo\n\n')).toBe('two');
    expect(reasonIn('')).toBe('it said nothing');
  });
});
