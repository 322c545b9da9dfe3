import { describe, expect, it } from '@jest/globals';
import { persistWith } from './back-off.js';

const setUp = () => {
  const lines: string[] = [];
  const abort = new AbortController();
  const persist = persistWith({
    isFinal: (error) => error instanceof RangeError,
    onFailing: (line) => lines.push(line),
    onRecovered: () => lines.push('recovered'),
    signal: abort.signal,
  });
  return { lines, abort, persist };
};

describe('persistWith', () => {
  it('tries again until it works, and says so once', async () => {
    const { lines, persist } = setUp();
    let attempts = 0;
    const value = await persist(() => (++attempts < 3 ? Promise.reject(new Error('gone')) : Promise.resolve(7)));
    expect([value, attempts]).toEqual([7, 3]);
    expect(lines).toEqual(['gone', 'recovered']);
  });

  it('does not try again what would fail again', async () => {
    const { persist } = setUp();
    let attempts = 0;
    const attempt = () => {
      attempts++;
      return Promise.reject(new RangeError('infinite'));
    };
    await expect(persist(attempt)).rejects.toThrow('infinite');
    expect(attempts).toBe(1);
  });

  it('gives up when there is no more time', async () => {
    const { abort, persist } = setUp();
    const ended = persist(() => Promise.reject(new Error('gone')));
    abort.abort();
    await expect(ended).rejects.toThrow('gone');
  });
});
