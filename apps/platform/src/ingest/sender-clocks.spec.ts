import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { SenderClocks } from './sender-clocks.js';

const ARRIVAL = 1_767_700_000_000;
/** Twelve messages, a second apart, whose newest reading lies so many seconds from their arrival. */
const hear = (clocks: SenderClocks, leadS: number, held = 0) => {
  for (let count = 0; count < 12; count++) {
    const arrival = epochMs(ARRIVAL + count * 1_000);
    const message = { venue: 'arena', gateway: 'gw', seq: count + held, oldest: count };
    clocks.onMessage(message, arrival + leadS * 1_000, arrival);
  }
  return clocks;
};

describe('SenderClocks', () => {
  it('knows a clock that is ahead', () => {
    const clocks = hear(new SenderClocks(() => 1), 12);
    expect(clocks.isWrong('arena', 'gw')).toBe(true);
    expect(clocks.findSkew('arena', 'gw')).toBe(12);
  });

  it('knows one that is behind in every message', () =>
    expect(hear(new SenderClocks(() => 1), -90).findSkew('arena', 'gw')).toBe(-90));

  it('says nothing of a clock when a gateway sends what it held back', () =>
    expect(hear(new SenderClocks(() => 1), -90, 40).findSkew('arena', 'gw')).toBeUndefined());

  it('says nothing of a lag that the way may have', () =>
    expect(hear(new SenderClocks(() => 1), -2).findSkew('arena', 'gw')).toBeUndefined());

  it('bears more when event time runs faster', () =>
    expect(hear(new SenderClocks(() => 60), 12).isWrong('arena', 'gw')).toBe(false));
});
