import { describe, expect, it } from '@jest/globals';
import { StoredUnacknowledged } from './stored-unacknowledged.js';

const message = (topic: string, text: string) => ({ topic, payload: new TextEncoder().encode(text) });

describe('StoredUnacknowledged', () => {
  it('knows a message again once, by topic and payload', () => {
    const stored = new StoredUnacknowledged();
    stored.add(message('t', 'a'));
    expect(stored.take(message('t', 'b'))).toBe(false);
    expect(stored.take(message('u', 'a'))).toBe(false);
    expect(stored.take(message('t', 'a'))).toBe(true);
    expect(stored.take(message('t', 'a'))).toBe(false);
  });
});
