import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { KnownDeliveries } from './known-deliveries.js';

const packet = { session: 's', messageId: 7 };
const first = { ...packet, fingerprint: 'f', received: epochMs(5) };
const find = (known: KnownDeliveries, again: boolean, fingerprint = 'f', asked = packet) =>
  known.find(asked, again, () => fingerprint);

describe('KnownDeliveries', () => {
  it('gives a message delivered again the time of its first arrival', () => {
    const known = new KnownDeliveries([]);
    known.add(first);
    known.acknowledged(packet);
    expect(find(known, true)).toBe(5);
  });

  it('needs no word of the broker while the packet is not acknowledged', () => {
    const known = new KnownDeliveries([]);
    known.add(first);
    expect(find(known, false)).toBe(5);
    known.acknowledged(packet);
    expect(find(known, false)).toBeUndefined();
  });

  it('knows what was stored before it started', () => {
    expect(find(new KnownDeliveries([first]), true)).toBe(5);
    expect(find(new KnownDeliveries([first]), false)).toBeUndefined();
  });

  it('takes another message under the same id for another', () => {
    const known = new KnownDeliveries([first]);
    expect(find(known, true, 'g')).toBeUndefined();
    expect(find(known, true, 'f', { ...packet, session: 't' })).toBeUndefined();
  });

  it('forgets the oldest past 20,000', () => {
    const known = new KnownDeliveries([first]);
    for (let id = 0; id < 20_000; id++) known.add({ ...first, session: 't', messageId: id });
    expect(find(known, true)).toBeUndefined();
    expect(find(known, true, 'f', { session: 't', messageId: 0 })).toBe(5);
  });
});
