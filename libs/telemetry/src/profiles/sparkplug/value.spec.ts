import { describe, expect, it } from '@jest/globals';
import type { WireValue } from './payload.js';
import { readSparkplugValue } from './value.js';

const int = (value: number): WireValue => ({ kind: 'int', int: value });
const long = (high: number, low: number): WireValue => ({ kind: 'long', long: { high, low } });
const other = (number: number): WireValue => ({ kind: 'other', number });
const read = (value: WireValue | undefined, datatype?: number, isNull = false) =>
  readSparkplugValue({ value, isNull }, datatype);

describe('readSparkplugValue', () => {
  it.each([
    ['Int8', 1, int(127), 127],
    ['Int8, negative in 32 bits', 1, int(0xffff_ffff), -1],
    ['Int8, negative in 8 bits', 1, int(0xff), -1],
    ['Int16, negative in 32 bits', 2, int(0xffff_8000), -32_768],
    ['Int16, negative in 16 bits', 2, int(0x8000), -32_768],
    ['Int32', 3, int(0xffff_fffe), -2],
    ['Int32 in 64 bits', 3, long(0xffff_ffff, 0xffff_fffe), -2],
    ['Int64', 4, long(0xffff_ffff, 0xffff_ffff), -1],
    ['Int64', 4, long(1, 5), 4_294_967_301],
    ['UInt8', 5, int(255), 255],
    ['UInt16', 6, int(65_535), 65_535],
    ['UInt32 in 64 bits', 7, long(0, 4_000_000_000), 4_000_000_000],
    ['UInt32 in 32 bits', 7, int(4_000_000_000), 4_000_000_000],
    ['UInt64', 8, long(0x1f_ffff, 0xffff_ffff), Number.MAX_SAFE_INTEGER],
    ['Float', 9, other(23.5), 23.5],
    ['Double', 10, other(-412.5), -412.5],
    ['Double in an integer', 10, int(4), 4],
    ['Boolean', 11, other(1), 1],
    ['Boolean', 11, other(0), 0],
    ['Boolean in an integer', 11, int(7), 1],
    ['nothing known, but a float', undefined, other(1.5), 1.5],
  ])('reads %s (%p) %j as %d', (_name, datatype, value, expected) => {
    expect(read(value, datatype)).toEqual({ ok: true, value: { value: expected, exact: true } });
  });

  it.each([
    ['UInt64 past 2^53', 8, long(0xffff_ffff, 0xffff_ffff), 2 ** 64],
    ['Int64 past 2^53', 4, long(0x8000_0000, 0), -(2 ** 63)],
    ['an integer of unknown type', undefined, int(255), 255],
  ])('takes %s with doubt', (_name, datatype, value, expected) => {
    expect(read(value, datatype)).toEqual({ ok: true, value: { value: expected, exact: false } });
  });

  it.each([12, 13, 14, 15, 16, 17, 18, 19, 22, 34, 99])('has no measurement of type %d', (datatype) => {
    expect(read(int(1), datatype)).toEqual({ ok: true, value: undefined });
    expect(read(undefined, datatype, true)).toEqual({ ok: true, value: undefined });
  });

  it('says null for is_null', () => {
    expect(read(undefined, 10, true)).toEqual({ ok: true, value: { value: null, exact: true } });
    expect(read(undefined, undefined, true)).toEqual({ ok: true, value: { value: null, exact: true } });
  });

  it.each([
    ['no_value', undefined, 10],
    ['not_finite', other(NaN), 10],
    ['not_finite', other(Infinity), 9],
  ])('refuses as %s', (code, value, datatype) => {
    expect(read(value, datatype)).toMatchObject({ ok: false, error: { code } });
  });
});
