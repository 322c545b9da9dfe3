import { describe, expect, it } from '@jest/globals';

import { ClockSkews, skewTolerance } from './clock-skew.js';

const tolerance = skewTolerance(1);

/** One message a minute whose newest instant leads its arrival by so many seconds. */
const observe = (leads: readonly number[], { buffered = false, skews = new ClockSkews() } = {}) => {
  leads.forEach((lead, minute) => {
    skews.observe('gw', minute * 60_000 + lead * 1000, minute * 60_000, buffered);
  });
  return skews;
};
const repeat = (times: number, lead: number) => Array.from({ length: times }, () => lead);
const isWrong = (leads: readonly number[]) => observe(leads).isWrong('gw', tolerance);

describe('ClockSkews', () => {
  it('says nothing of a sender that it has hardly heard', () => {
    expect(new ClockSkews().find('gw')).toBeUndefined();
    expect(observe(repeat(4, 100)).find('gw')).toBeUndefined();
    expect(isWrong(repeat(4, 100))).toBe(false);
  });

  it('takes the promptest messages for the clock, and knows that one ahead is ahead', () => {
    expect(observe([9, 2, 10, 10, 3]).find('gw')).toEqual({ skewS: 10, proven: true });
    expect(observe([-9, -2, -70, -2, -3]).find('gw')).toEqual({ skewS: -2, proven: false });
  });

  it.each([
    ['right', repeat(20, -1), false],
    ['a little ahead', repeat(20, 4.9), false],
    ['ahead', repeat(20, 5.1), true],
    ['ahead, on a slow way', [6, -30, -20, 7, -100, 6, -5], true],
    ['right, with one odd reading', [...repeat(20, -1), 8e9], false],
    ['set right after it was ahead', [...repeat(60, 3600), ...repeat(10, -1)], false],
    ['set wrong', [...repeat(60, -1), 3600, 3600], true],
    ['behind by less than a minute', repeat(20, -59), false],
    ['behind', repeat(20, -61), true],
    ['behind in all messages but two', [...repeat(20, -3600), -1, -1], false],
    ['behind, of which ten messages are too few to tell', repeat(9, -3600), false],
  ])('judges a clock that is %s', (_name, leads, wrong) => {
    expect(isWrong(leads)).toBe(wrong);
  });

  it('does not take a backlog for a clock that is behind', () => {
    expect(isWrong(Array.from({ length: 60 }, (_, message) => -3600 + message))).toBe(false);
    expect(observe(repeat(60, -3600), { buffered: true }).find('gw')).toBeUndefined();
  });

  it('knows a clock ahead by a backlog too', () => {
    expect(observe(repeat(20, 60), { buffered: true }).isWrong('gw', tolerance)).toBe(true);
  });

  it('allows more where event time is faster', () => {
    expect(observe(repeat(20, 200)).isWrong('gw', skewTolerance(60))).toBe(false);
    expect(observe(repeat(20, 301)).isWrong('gw', skewTolerance(60))).toBe(true);
  });

  it('is not confused by instants that are none', () => {
    expect(observe([...repeat(5, -1), NaN, Infinity, NaN]).find('gw')).toEqual({ skewS: -1, proven: false });
  });
});
