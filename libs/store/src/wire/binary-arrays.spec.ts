import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { doubles, instants, integers, smallints } from './binary-arrays.js';

/** Dimensions, has-nulls, element type, length, lower bound. */
const header = (type: string, length: string) => `0000000100000000${type}${length}00000001`;

describe('the binary form of an array', () => {
  it('has a header, and each element after its length', () => {
    expect(integers([7, -1]).toString('hex')).toBe(`${header('00000017', '00000002')}000000040000000700000004ffffffff`);
    expect(smallints([258]).toString('hex')).toBe(`${header('00000015', '00000001')}000000020102`);
    expect(doubles([1]).toString('hex')).toBe(`${header('000002bd', '00000001')}000000083ff0000000000000`);
  });

  it('may be empty', () => {
    expect(integers([]).toString('hex')).toBe(header('00000017', '00000000'));
  });

  it.each([
    [Date.UTC(2000, 0, 1), 0n],
    [Date.UTC(2000, 0, 1) + 1, 1_000n],
    [Date.UTC(2000, 0, 1) - 1, -1_000n],
    [Date.UTC(2026, 1, 6, 12) + 999, 823_694_400_999_000n],
    [Date.UTC(2199, 11, 31), 6_311_347_200_000_000n],
  ])('of the instant %d ms counts microseconds from the year 2000', (ms, microseconds) => {
    expect(instants([epochMs(ms)]).readBigInt64BE(24)).toBe(microseconds);
  });
});
