import { beforeEach, describe, expect, it } from '@jest/globals';
import { Window } from './window.js';

describe('Window', () => {
  let window: Window;
  beforeEach(() => {
    window = new Window();
  });
  /** Sends `[first, first + count)`, each of so many bytes. */
  const send = (first: number, count: number, bytes = 100) => {
    for (let seq = first; seq < first + count; seq++) window.onSent(seq, bytes);
  };

  it('holds 50 messages at first', () => {
    expect([window.isOpen(49), window.isOpen(50)]).toEqual([true, false]);
  });

  it('grows by what is receipted, up to 1,000, and is small again after a restart', () => {
    send(0, 50);
    window.onReceipt(50);
    expect([window.isOpen(99), window.isOpen(100)]).toEqual([true, false]);
    send(50, 2_000);
    window.onReceipt(2_050);
    expect([window.isOpen(999), window.isOpen(1_000)]).toEqual([true, false]);
    window.restart();
    expect(window.isOpen(50)).toBe(false);
  });

  it('holds 4 MiB, and one message of any size', () => {
    send(0, 1, 5_000_000);
    expect(window.isOpen(1)).toBe(false);
    window.onReceipt(1);
    expect(window.isOpen(0)).toBe(true);
    send(1, 4, 1_048_576);
    expect(window.isOpen(4)).toBe(false);
    window.onReceipt(2);
    expect(window.isOpen(3)).toBe(true);
  });
});
