import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { KnownDeliveries } from './known-deliveries.js';

const delivery = { session: 's', messageId: 7, fingerprint: 'f' };

describe('KnownDeliveries', () => {
  it('gives a message delivered again the time of its first arrival', () => {
    const known = new KnownDeliveries([]);
    known.add({ ...delivery, received: epochMs(5) });
    expect(known.find(delivery)).toBe(5);
  });

  it('knows what was stored before it started', () =>
    expect(new KnownDeliveries([{ ...delivery, received: epochMs(5) }]).find(delivery)).toBe(5));

  it('takes another message under the same id for another', () => {
    const known = new KnownDeliveries([{ ...delivery, received: epochMs(5) }]);
    expect(known.find({ ...delivery, fingerprint: 'g' })).toBeUndefined();
    expect(known.find({ ...delivery, session: 't' })).toBeUndefined();
  });

  it('forgets the oldest past 20,000', () => {
    const known = new KnownDeliveries([{ ...delivery, received: epochMs(5) }]);
    for (let id = 0; id < 20_000; id++) known.add({ ...delivery, session: 't', messageId: id, received: epochMs(6) });
    expect(known.find(delivery)).toBeUndefined();
    expect(known.find({ ...delivery, session: 't', messageId: 0 })).toBe(6);
  });
});
