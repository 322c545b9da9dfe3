import { describe, expect, it } from '@jest/globals';
import { Packets } from './packets.js';

const packet = { session: 's', messageId: 7 };

describe('Packets', () => {
  it('knows a message that comes again before it was acknowledged', () => {
    const packets = new Packets();
    expect(packets.take(packet, 'f')).toBe(false);
    expect(packets.take(packet, 'f')).toBe(true);
  });

  it('takes the same content under an id that was free for another message', () => {
    const packets = new Packets();
    packets.take(packet, 'f');
    packets.acknowledged(packet);
    expect(packets.take(packet, 'f')).toBe(false);
  });

  it('tells contents and sessions apart', () => {
    const packets = new Packets();
    packets.take(packet, 'f');
    expect(packets.take({ ...packet, session: 't' }, 'f')).toBe(false);
    expect(packets.take(packet, 'g')).toBe(false);
  });

  it('forgets the oldest past 20,000', () => {
    const packets = new Packets();
    packets.take(packet, 'f');
    for (let id = 0; id < 20_000; id++) packets.take({ session: 't', messageId: id }, 'f');
    expect(packets.take(packet, 'f')).toBe(false);
    expect(packets.take({ session: 't', messageId: 19_999 }, 'f')).toBe(true);
  });
});
