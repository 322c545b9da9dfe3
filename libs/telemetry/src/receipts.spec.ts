import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ReceiptTracker } from './receipts.js';

const message = (seq: number, oldest?: number) => ({ venue: 'arena', gateway: 'gw1', seq, oldest });
const add = (tracker: ReceiptTracker, ...messages: ReturnType<typeof message>[]) => tracker.add(messages)[0]?.seq;

describe('ReceiptTracker', () => {
  it('goes up with messages in order', () => {
    const tracker = new ReceiptTracker([]);
    expect(add(tracker, message(10, 10), message(11, 10))).toBe(11);
    expect(add(tracker, message(12, 10))).toBe(12);
  });

  it('waits at a gap and passes once it is filled', () => {
    const tracker = new ReceiptTracker([]);
    expect(add(tracker, message(10, 10))).toBe(10);
    expect(add(tracker, message(12, 10), message(13, 10))).toBe(10);
    expect(add(tracker, message(11, 10))).toBe(13);
  });

  it('starts where the gateway says that it holds nothing older', () => {
    const tracker = new ReceiptTracker([]);
    expect(add(tracker, message(102, 100))).toBe(99);
    expect(add(tracker, message(103, 103))).toBe(103);
  });

  it('goes on from a receipt that the database knew', () => {
    const tracker = new ReceiptTracker([{ venue: 'arena', gateway: 'gw1', seq: 50 }]);
    expect(add(tracker, message(51))).toBe(51);
    expect(add(tracker, message(40, 30))).toBe(51);
  });

  it('gives a sender without oldest no receipt before its start is known', () => {
    const tracker = new ReceiptTracker([]);
    expect(add(tracker, message(812))).toBeUndefined();
    expect(add(new ReceiptTracker([]), message(1), message(2))).toBe(2);
  });

  it('keeps gateways apart', () => {
    const tracker = new ReceiptTracker([]);
    tracker.add([message(5, 5)]);
    expect(tracker.add([{ venue: 'arena', gateway: 'gw2', seq: 9, oldest: 9 }])).toEqual([
      { venue: 'arena', gateway: 'gw2', seq: 9 },
    ]);
  });

  it('never passes a seq that was not committed, in any order and with any repeats', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }), (seqs) => {
        const tracker = new ReceiptTracker([]);
        const committed = new Set<number>();
        for (const seq of seqs) {
          committed.add(seq);
          const receipt = add(tracker, message(seq, 0)) ?? -1;
          let contiguous = -1;
          while (committed.has(contiguous + 1)) contiguous++;
          expect(receipt).toBe(contiguous);
        }
      }),
    );
  });
});
