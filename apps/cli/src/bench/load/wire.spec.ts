import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { connectPacket, PacketReader, publishPacket, readPublish, subscribePacket } from './wire.js';

const hex = (bytes: Buffer) => bytes.toString('hex');
const publishAtQos0 = (topic: string, payload: string) =>
  Buffer.concat([
    Buffer.from([0x30, 2 + topic.length + payload.length, 0, topic.length]),
    Buffer.from(topic + payload),
  ]);

describe('packets, byte by byte as MQTT 3.1.1 has them', () => {
  it('CONNECT with a clean session', () =>
    expect(hex(connectPacket('a'))).toBe('100d' + '00044d515454' + '04' + '02' + '0000' + '000161'));

  it('SUBSCRIBE at QoS 0', () => expect(hex(subscribePacket(1, 'a/b'))).toBe('8208' + '0001' + '0003612f62' + '00'));

  it('PUBLISH at QoS 1', () =>
    expect(hex(publishPacket(Buffer.from('a/b'), 258, 'hi'))).toBe('3209' + '0003612f62' + '0102' + '6869'));

  it('PUBLISH whose length takes two bytes', () => {
    const packet = publishPacket(Buffer.from('t'), 1, 'x'.repeat(200));
    // 205 = 0x4d + 1 * 128, the lower part first.
    expect(hex(packet.subarray(0, 3))).toBe('32cd01');
    expect(packet).toHaveLength(208);
  });
});

describe('PacketReader', () => {
  it('gives the same packets however the bytes are cut', () => {
    const payload = fc.string({ unit: 'grapheme-ascii', maxLength: 100 });
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (payloads, size) => {
        const bytes = Buffer.concat(payloads.map((text) => publishAtQos0('a/b', text)));
        const reader = new PacketReader();
        const read: string[] = [];
        for (let at = 0; at < bytes.length; at += size)
          for (const packet of reader.read(bytes.subarray(at, at + size))) {
            expect(packet.type).toBe(3);
            read.push(readPublish(packet).payload);
          }
        expect(read).toEqual(payloads);
      }),
      { numRuns: 50 },
    );
  });

  it('tells the acknowledgements apart', () => {
    const bytes = Buffer.from('20020000' + '9003000100' + '40020102', 'hex');
    expect([...new PacketReader().read(bytes)].map(({ type }) => type)).toEqual([2, 9, 4]);
  });
});
