import { describe, expect, it } from '@jest/globals';
import { Deliveries, deliveryOf } from './deliveries.js';

const packet = (more: object = {}) => ({ topic: 'a/b', payload: Buffer.from('5'), messageId: 7, dup: true, ...more });

describe('Deliveries', () => {
  const deliveries = new Deliveries([deliveryOf(packet()) ?? '']);

  it('knows a message that comes again', () => {
    expect(deliveries.isWritten(packet())).toBe(true);
  });

  it.each([
    ['that the broker sends for the first time', { dup: false }],
    ['with another content', { payload: Buffer.from('6') }],
    ['of another topic', { topic: 'a/' }],
    ['with another id', { messageId: 8 }],
    ['of QoS 0', { messageId: undefined }],
  ])('takes one %s for another', (_name, more) => {
    expect(deliveries.isWritten(packet(more))).toBe(false);
  });

  it('keeps the newest of an id, and none of another session', () => {
    const newer = packet({ payload: Buffer.from('6') });
    const known = new Deliveries([deliveryOf(packet()) ?? '', deliveryOf(newer) ?? '']);
    expect([known.isWritten(packet()), known.isWritten(newer)]).toEqual([false, true]);
    known.clear();
    expect(known.isWritten(newer)).toBe(false);
  });
});
