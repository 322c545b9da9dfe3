import { describe, expect, it } from '@jest/globals';
import { MAX_READINGS } from '../decode-readings.js';
import { type LeafOptions, measureLeaves, readJsonObject } from './json-leaves.js';

const options: LeafOptions = { prefix: '', ts: 5, unitOf: () => undefined };
const measure = (json: string, more: Partial<LeafOptions> = {}) => {
  const members = readJsonObject(new TextEncoder().encode(json));
  if (!members.ok) throw new Error(members.error.code);
  return measureLeaves(Object.entries(members.value), { ...options, ...more });
};
const values = (json: string, more: Partial<LeafOptions> = {}) =>
  measure(json, more).measurements.map(({ channel, value }) => [channel, value]);

describe('measureLeaves', () => {
  it.each([
    [
      '{"a":1.5,"b":{"c":{"d":-2}}}',
      [
        ['a', 1.5],
        ['b.c.d', -2],
      ],
    ],
    [
      '{"a":true,"b":false,"c":null}',
      [
        ['a', 1],
        ['b', 0],
        ['c', null],
      ],
    ],
    ['{"a":"1","b":[1,2],"c":{},"d":{"e":"x"}}', []],
    [
      '{"__proto__":{"constructor":1},"toString":2}',
      [
        ['__proto__.constructor', 1],
        ['toString', 2],
      ],
    ],
    ['{"":{"":1}}', [['.', 1]]],
  ])('%s', (json, expected) => {
    expect(values(json)).toEqual(expected);
  });

  it('counts the elements of arrays from 0 where they are values', () => {
    expect(values('{"a":[1,null,"x",[2]],"b":{"c":[3]}}', { arrays: true })).toEqual([
      ['a[0]', 1],
      ['a[1]', null],
      ['a[3][0]', 2],
      ['b.c[0]', 3],
    ]);
  });

  it('asks for units by path and by last name without index, and gives time and prefix to all', () => {
    const unitOf = (path: string, name: string, value: number | null) => `${path} ${name} ${String(value)}`;
    expect(measure('{"a":{"b":[1]}}', { arrays: true, prefix: 'dev/', unitOf }).measurements).toEqual([
      { channel: 'dev/a.b[0]', ts: 5, value: 1, unit: 'a.b[0] b 1', quality: 'good' },
    ]);
  });

  it('refuses a number past the doubles and a channel that no pack can name, and keeps the rest', () => {
    const { measurements, refused } = measure(`{"a":1e400,"${'b'.repeat(257)}":{"x":1,"y":2},"c":3}`);
    expect(measurements.map(({ channel }) => channel)).toEqual(['c']);
    expect(refused.map(({ code }) => code)).toEqual(['not_finite', 'name_too_long']);
    expect(refused[0]?.detail).toMatch(/^a: /);
  });

  it('takes the first 10,000 values of a message and counts the others', () => {
    const most = JSON.stringify({ a: Array.from({ length: MAX_READINGS }, () => 1) });
    expect(measure(most, { arrays: true }).measurements).toHaveLength(MAX_READINGS);
    const { measurements, refused } = measure(most.replace('[', '[1,'), { arrays: true });
    expect([measurements.length, refused.map(({ code }) => code)]).toEqual([MAX_READINGS, ['too_many_values']]);
  });
});

describe('readJsonObject', () => {
  it.each([
    ['[1]', 'wrong_shape'],
    ['null', 'wrong_shape'],
    ['12', 'wrong_shape'],
    ['{"a":', 'not_json'],
    ['', 'not_json'],
    [`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`, 'too_deep'],
  ])('refuses %s', (json, code) => {
    expect(readJsonObject(new TextEncoder().encode(json))).toMatchObject({ ok: false, error: { code } });
  });
});
