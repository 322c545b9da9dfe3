import { describe, expect, it } from '@jest/globals';
import { LineReader } from './line-reader.js';

const point = { id: 'main.power', kind: 'sub_power' as const, unit: 'kW' as const, min: 0, max: 9, interval_s: 60 };
const create = () => {
  const reader = new LineReader([point]);
  return (line: string, now = 1_000) => reader.read(Buffer.from(line), now);
};
const good = (ts: number, value: number) => ({
  ok: true,
  value: { point: 'main.power', ts, value, unit: 'kW', quality: 'good' },
});

describe('LineReader', () => {
  it('takes a line with all that it may have, and with as little as it must', () => {
    const read = create();
    expect(read('{"point":"main.power","ts":5,"value":1.5,"unit":"kW","quality":"bad"}')).toEqual({
      ok: true,
      value: { point: 'main.power', ts: 5, value: 1.5, unit: 'kW', quality: 'bad' },
    });
    expect(read('{"point":"main.power","value":2}\r')).toEqual(good(1_000, 2));
  });

  it('gives lines without a time strictly increasing ones, also when the clock goes back', () => {
    const read = create();
    const line = '{"point":"main.power","value":2}';
    expect(read(line, 1_000)).toEqual(good(1_000, 2));
    expect(read(line, 1_000)).toEqual(good(1_001, 2));
    expect(read(line, 10)).toEqual(good(1_002, 2));
    expect(read(line, 2_000)).toEqual(good(2_000, 2));
  });

  it.each([
    ['no JSON', 'power=5', /"power=5" is not json\. Give one such as/],
    ['no UTF-8', '\xff', /not/],
    [
      'an unknown point',
      '{"point":"__proto__","value":1}',
      /"__proto__" is no point of this gateway\. Known: main\.power\./,
    ],
    ['another unit', '{"point":"main.power","value":1,"unit":"W"}', /main\.power is in kW, found "W"\. Convert it/],
    ['a value that is text', '{"point":"main.power","value":"1"}', /value: .*number/],
    ['a value past all numbers', '{"point":"main.power","value":1e400}', /value: /],
    ['a key that it does not know', '{"point":"main.power","value":1,"time":5}', /time/],
    ['a time of year 275761', '{"point":"main.power","value":1,"ts":8640000000000001}', /ts: /],
    ['deep nesting', '['.repeat(10_000), /too deep/],
  ])('refuses %s', (_name, line, reason) => {
    const read = create()(line);
    expect(read.ok ? '' : read.error).toMatch(reason);
  });
});
