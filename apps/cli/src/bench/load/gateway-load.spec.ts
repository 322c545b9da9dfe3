import { describe, expect, it } from '@jest/globals';

import { GatewayLoad } from './gateway-load.js';

const setUp = (room = 100) => {
  const sent: string[] = [];
  const delays: number[] = [];
  let clock = 0;
  const load = new GatewayLoad(
    { make: (seq, oldest, count) => `${seq} ${oldest} ${count}` },
    { add: (ms) => delays.push(ms) },
    { firstSeq: 10, now: () => clock },
  );
  const line = { room, send: (payloads: readonly string[]) => sent.push(...payloads) };
  return {
    load,
    sent,
    delays,
    send: (wanted: number) => load.send(line, wanted, 20),
    receipt: (seq: number) => load.onReceipt(JSON.stringify({ seq })),
    wait: (ms: number) => (clock += ms),
  };
};

describe('GatewayLoad', () => {
  it('counts on from its first seq, and says what it still holds', () => {
    const { load, sent, send, receipt } = setUp();
    expect(send(2)).toBe(2);
    receipt(10);
    send(1);
    expect(sent).toEqual(['10 10 20', '11 10 20', '12 11 20']);
    expect([load.open, load.stored]).toEqual([2, 10]);
  });

  it('sends no more than its connection takes', () => expect(setUp(3).send(5)).toBe(3));

  it('sends nothing for what is owed already', () => expect(setUp().send(-4)).toBe(0));

  it('takes the time from publishing to receipt of each message that it measures', () => {
    const { load, delays, send, receipt, wait } = setUp();
    send(1);
    load.measureFromHere();
    wait(5);
    send(2);
    wait(7);
    receipt(12);
    expect(delays).toEqual([7, 7]);
  });

  it('leaves receipts of before, of what was never sent, and what is none', () => {
    const { load, send, receipt } = setUp();
    send(2);
    receipt(9);
    receipt(99);
    load.onReceipt('{"seq":"11"}');
    expect(load.open).toBe(2);
  });
});
