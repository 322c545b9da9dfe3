import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DiskBuffer } from './disk-buffer.js';

const reading = { point: 'main.active_power', ts: 60_000, value: 1, unit: 'kW', quality: 'good' as const };
const message = (minute: number) => ({ minute, soc_ratio: 0.5, readings: [reading, reading] });

describe('DiskBuffer', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'venueflow-buffer-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** A line has about 220 bytes, so a segment of 500 holds two. */
  const open = (options: { maxBytes?: number; firstSeq?: number } = {}) =>
    new DiskBuffer({ directory, firstSeq: 1_000, segmentBytes: 500, ...options });
  const filled = (count: number, options = {}) => {
    const buffer = open(options);
    for (let minute = 1; minute <= count; minute++) buffer.append(message(minute));
    return buffer;
  };
  const segments = () =>
    readdirSync(directory)
      .filter((name) => name.endsWith('.jsonl'))
      .sort();

  it('gives back what was written, by seq, and counts it once', () => {
    const buffer = filled(5);
    expect(buffer.next).toBe(1_005);
    expect(buffer.read(1_003)).toMatchObject({ seq: 1_003, minute: 4, readings: [reading, reading] });
    expect([buffer.published, buffer.buffered]).toEqual([10, 10]);
    expect(buffer.read(999)).toBeUndefined();
    expect(buffer.read(1_005)).toBeUndefined();
  });

  it('goes on where it was after a restart, whatever the first seq would be now', () => {
    filled(5).forget(1_001);
    const again = open({ firstSeq: 9_000 });
    expect([again.oldest, again.next, again.published, again.buffered]).toEqual([1_002, 1_005, 10, 6]);
    expect(again.last).toMatchObject({ minute: 5, soc_ratio: 0.5 });
    expect(again.append(message(6))).toBe(1_005);
  });

  it('deletes whole segments below a receipt, and keeps the newest line', () => {
    const buffer = filled(5);
    expect(segments()).toHaveLength(3);
    buffer.forget(1_002);
    expect(segments()).toEqual(['1002.jsonl', '1004.jsonl']);
    buffer.forget(1_004);
    expect(segments()).toEqual(['1004.jsonl']);
    expect([buffer.oldest, buffer.buffered]).toEqual([1_005, 0]);
    expect(open().last?.minute).toBe(5);
  });

  it('ignores a receipt beyond what it wrote, and an old one', () => {
    const buffer = filled(2);
    expect(buffer.forget(1_002)).toBe(false);
    expect(buffer.forget(1_000)).toBe(true);
    expect(buffer.forget(1_000)).toBe(false);
    expect(buffer.oldest).toBe(1_001);
  });

  it('drops a torn last line', () => {
    filled(3);
    appendFileSync(join(directory, '1002.jsonl'), '{"seq":1003,"total":8,"minu');
    const again = open();
    expect(again.next).toBe(1_003);
    expect(again.append(message(4))).toBe(1_003);
    expect(open().read(1_003)?.minute).toBe(4);
  });

  it('drops a last line that is no message, as a power cut leaves it', () => {
    filled(3);
    appendFileSync(join(directory, '1002.jsonl'), `${'\0'.repeat(200)}\n`);
    const again = open();
    expect([again.next, again.last?.minute]).toEqual([1_003, 3]);
    expect(again.append(message(4))).toBe(1_003);
    expect(open().read(1_003)?.minute).toBe(4);
  });

  it('survives a segment that was made but not written', () => {
    filled(2);
    writeFileSync(join(directory, '1002.jsonl'), '');
    const again = open();
    expect([again.next, again.published]).toEqual([1_002, 4]);
    expect(segments()).toEqual(['1000.jsonl']);
  });

  it('loses at most the torn line, wherever the file ends', () => {
    filled(2);
    const path = join(directory, '1000.jsonl');
    const whole = readFileSync(path);
    const firstLine = whole.indexOf('\n') + 1;
    fc.assert(
      fc.property(fc.integer({ min: firstLine, max: whole.length }), (length) => {
        writeFileSync(path, whole);
        truncateSync(path, length);
        const again = open();
        expect(again.next).toBe(length === whole.length ? 1_002 : 1_001);
        expect(statSync(path).size).toBe(length === whole.length ? length : firstLine);
        again.close();
      }),
    );
  });

  it('does not reach back below a receipt when its last lines are gone', () => {
    const buffer = filled(2);
    buffer.forget(1_001);
    rmSync(join(directory, '1000.jsonl'));
    expect(open({ firstSeq: 5 }).next).toBe(1_002);
  });

  it('gives up the oldest segment when it is full, and counts it', () => {
    const buffer = filled(7, { maxBytes: 1_200 });
    expect(buffer.dropped).toBeGreaterThan(0);
    expect(buffer.dropped + buffer.buffered).toBe(14);
    expect(buffer.read(buffer.oldest)?.seq).toBe(buffer.oldest);
    expect(open().dropped).toBe(buffer.dropped);
  });

  it('gives up a damaged line alone', () => {
    filled(3);
    const path = join(directory, '1000.jsonl');
    const [first = '', second = ''] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${'x'.repeat(first.length)}\n${second}\n`);
    const again = open();
    expect(again.read(1_000)).toBeUndefined();
    again.giveUpOldest();
    expect([again.oldest, again.read(1_001)?.minute, again.dropped]).toEqual([1_001, 2, 2]);
  });
});
