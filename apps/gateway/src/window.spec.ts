import { beforeEach, describe, expect, it } from '@jest/globals';
import { Window } from './window.js';

describe('Window', () => {
  let window: Window;
  beforeEach(() => {
    window = new Window();
  });
  const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
  /** Sends `[first, first + count)`, each of so many bytes. */
  const send = (first: number, count: number, bytes = 100) => {
    for (const seq of from(first, count)) window.onSent(seq, bytes);
  };
  /** How many small messages it takes until it is shut. */
  const fill = (first: number) => {
    let seq = first;
    while (window.isOpen) window.onSent(seq++, 1);
    return seq - first;
  };

  it('holds 50 messages at first', () => {
    expect(fill(0)).toBe(50);
  });

  it('grows by what is receipted, up to 1,000, and is small again on a new connection', () => {
    send(0, 50);
    window.onReceipt(50);
    expect(fill(50)).toBe(100);
    send(150, 2_000);
    window.onReceipt(2_150);
    expect(fill(2_150)).toBe(1_000);
    window.clear();
    expect(fill(0)).toBe(50);
  });

  it('counts what the broker has not acknowledged also when sending starts over', () => {
    send(0, 50);
    for (const seq of from(0, 20)) window.onAcknowledged(seq);
    expect(window.isOpen).toBe(false);
    window.restart();
    expect(fill(0)).toBe(20);
    for (const seq of from(20, 30)) window.onAcknowledged(seq);
    expect(fill(20)).toBe(30);
  });

  it('holds 4 MiB, and one message of any size', () => {
    send(0, 1, 5_000_000);
    expect(window.isOpen).toBe(false);
    window.onReceipt(1);
    expect(window.isOpen).toBe(true);
    send(1, 4, 1_048_576);
    expect(window.isOpen).toBe(false);
    window.onReceipt(2);
    expect(window.isOpen).toBe(true);
  });
});
