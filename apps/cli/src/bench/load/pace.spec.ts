import { describe, expect, it } from '@jest/globals';

import { messagesDue } from './pace.js';

describe('messagesDue', () => {
  it('owes what the rate asks for and is not sent', () => {
    expect(messagesDue(1_000, 0, 0)).toBe(0);
    expect(messagesDue(1_000, 5, 0)).toBe(5);
    expect(messagesDue(1_000, 5, 3)).toBe(2);
  });

  it('catches up with what was missed, and owes no part of a message', () => {
    expect(messagesDue(1_000, 2_000, 3)).toBe(1_997);
    expect(messagesDue(0.5, 3_999, 1)).toBe(0);
    expect(messagesDue(10, 100, 5)).toBe(0);
  });
});
