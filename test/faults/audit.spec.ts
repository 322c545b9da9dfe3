import { describe, expect, it } from '@jest/globals';

import { audit } from './audit.js';

const owed = (value: number, ts?: number) => ({ value, ts, owed: true });

describe('audit', () => {
  it('finds everything stored once', () => {
    const rows = [
      { value: 1, ts: 10 },
      { value: 2, ts: 77 },
    ];
    expect(audit([owed(1, 10), owed(2)], rows)).toEqual({
      owed: 2,
      stored: 2,
      unpromised: 0,
      missing: [],
      duplicates: 0,
      strange: 0,
    });
  });

  it('names what was promised and is missing', () => {
    expect(audit([owed(1, 10), owed(2, 20), { ...owed(3, 30), owed: false }], [{ value: 1, ts: 10 }])).toMatchObject({
      owed: 2,
      stored: 1,
      missing: [2],
    });
  });

  it('counts what is there without a promise apart', () => {
    const rows = [
      { value: 1, ts: 10 },
      { value: 2, ts: 20 },
    ];
    expect(audit([owed(1, 10), { ...owed(2, 20), owed: false }], rows)).toMatchObject({ stored: 1, unpromised: 1 });
  });

  it('counts what was stored again at another time, also without a time of its own', () => {
    const rows = [
      { value: 1, ts: 10 },
      { value: 1, ts: 11 },
      { value: 2, ts: 5 },
      { value: 2, ts: 6 },
      { value: 2, ts: 7 },
    ];
    expect(audit([owed(1, 10), owed(2)], rows)).toMatchObject({ duplicates: 3, strange: 0 });
  });

  it('counts what nobody sent, and what has another time than was sent', () => {
    const rows = [
      { value: 1, ts: 11 },
      { value: 9, ts: 5 },
    ];
    expect(audit([owed(1, 10)], rows)).toMatchObject({ stored: 1, missing: [], strange: 2 });
  });
});
