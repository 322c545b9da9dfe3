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
import { type Disk, systemDisk } from './segment.js';

const reading = { point: 'main.active_power', ts: 60_000, value: 1, unit: 'kW', quality: 'good' as const };
const message = (minute: number) => ({ minute, soc_ratio: 0.5, readings: [reading, reading] });

describe('DiskBuffer', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'venueflow-buffer-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** A line has about 250 bytes, so a segment of 560 holds two. */
  const open = (options: { maxBytes?: number; firstSeq?: number } = {}) =>
    new DiskBuffer({ directory, firstSeq: 1_000, segmentBytes: 560, ...options });
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
    expect(buffer.read(1_003)).toMatchObject({ seq: 1_003, minute: 4, count: 2 });
    expect(JSON.parse(buffer.read(1_003)?.readings ?? '')).toEqual([reading, reading]);
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
    again.giveUpUnreadable();
    expect([again.oldest, again.read(1_001)?.minute, again.dropped]).toEqual([1_001, 2, 2]);
  });

  it('reads what is whole of a damaged segment in the middle, and counts the rest', () => {
    filled(8).close();
    const path = join(directory, '1002.jsonl');
    const bytes = readFileSync(path);
    // A block of zeros over the end of one line and the start of the next takes the newline with it.
    const newline = bytes.indexOf(0x0a);
    bytes.fill(0, newline - 20, newline + 20);
    writeFileSync(path, bytes);
    rmSync(join(directory, '1004.jsonl'));
    const again = open();
    const found = [1_000, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006, 1_007].filter((seq) => again.read(seq));
    expect(found).toEqual([1_000, 1_001, 1_006, 1_007]);
    again.forget(1_001);
    again.giveUpUnreadable();
    expect([again.oldest, again.dropped, again.buffered]).toEqual([1_006, 8, 4]);
  });

  it('reads the lines behind a damaged one by the seq that they say', () => {
    filled(4).close();
    const path = join(directory, '1000.jsonl');
    writeFileSync(path, `\n\nwhat is this?\n${readFileSync(path, 'utf8').split('\n')[1] ?? ''}\n`);
    const again = open();
    expect([again.read(1_000), again.read(1_001)?.minute]).toEqual([undefined, 2]);
  });

  it('notices a changed digit', () => {
    filled(4).close();
    const path = join(directory, '1000.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"value":1', '"value":7'));
    expect([open().read(1_000), open().read(1_001)?.minute]).toEqual([undefined, 2]);
  });

  it('reads the lines of version 0.1, which have no sum', () => {
    const old = (seq: number) =>
      JSON.stringify({ minute: seq, soc_ratio: 0.25, readings: [reading], seq, total: seq - 999 });
    writeFileSync(join(directory, '1000.jsonl'), `${old(1_000)}\n${old(1_001)}\n`);
    writeFileSync(
      join(directory, 'progress.json'),
      JSON.stringify({ forgotten: 1_000, forgotten_total: 1, dropped: 0 }),
    );
    const again = open();
    expect([again.oldest, again.next, again.last?.soc_ratio, again.buffered]).toEqual([1_001, 1_002, 0.25, 1]);
    expect(JSON.parse(again.read(1_001)?.readings ?? '')).toEqual([reading]);
    expect(again.append(message(3))).toBe(1_002);
  });

  it('holds what it accepted when the disk is full, and goes on when there is room', () => {
    let room = 700;
    const disk: Disk = {
      write: (file, bytes) => {
        if (room === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        const taken = systemDisk.write(file, bytes.subarray(0, room));
        room -= taken;
        return taken;
      },
      sync: systemDisk.sync,
    };
    const buffer = new DiskBuffer({ directory, firstSeq: 1_000, segmentBytes: 560, disk });
    let accepted = 0;
    const tryOne = () => {
      buffer.append(message(accepted + 1));
      accepted++;
    };
    expect(() => {
      for (;;) tryOne();
    }).toThrow('no space left');
    expect(() => tryOne()).toThrow('no space left');
    expect([buffer.next, buffer.published, buffer.dropped]).toEqual([1_000 + accepted, 2 * accepted, 0]);
    room = 10_000;
    tryOne();
    expect(buffer.read(1_000 + accepted - 1)?.minute).toBe(accepted);
    expect(open().next).toBe(1_000 + accepted);
  });

  it.each([
    ['goes on', 1_000],
    ['was full', 200],
  ])('makes room of its last segment, which %s, when all in it is receipted', (_name, segmentBytes) => {
    // A disk of 400 bytes.
    const room = () => 400 - segments().reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
    const disk: Disk = {
      write: (file, bytes) => {
        if (bytes.length > room()) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        return systemDisk.write(file, bytes);
      },
      sync: systemDisk.sync,
    };
    const buffer = new DiskBuffer({ directory, firstSeq: 1_000, segmentBytes, disk });
    buffer.append(message(1));
    expect(() => buffer.append(message(2))).toThrow('no space left');
    buffer.forget(1_000);
    expect(buffer.append(message(2))).toBe(1_001);
    expect([segments(), buffer.published, buffer.buffered, buffer.dropped]).toEqual([['1001.jsonl'], 4, 2, 0]);
  });

  it('goes on counting when no line is left', () => {
    filled(2).forget(1_001);
    rmSync(join(directory, '1000.jsonl'));
    const again = open();
    expect([again.published, again.buffered]).toEqual([4, 0]);
    again.append(message(3));
    expect([again.published, again.buffered]).toEqual([6, 2]);
  });

  it('keeps the newest line when a new segment could not be written', () => {
    let full = false;
    const disk: Disk = {
      write: (file, bytes) => {
        if (full) throw new Error('no space left on device');
        return systemDisk.write(file, bytes);
      },
      sync: systemDisk.sync,
    };
    const buffer = new DiskBuffer({ directory, firstSeq: 1_000, segmentBytes: 560, disk });
    buffer.append(message(1));
    buffer.append(message(2));
    full = true;
    expect(() => buffer.append(message(3))).toThrow();
    buffer.forget(1_001);
    expect([open().next, open().last?.minute, open().buffered]).toEqual([1_002, 2, 0]);
  });

  it('numbers what it holds anew, for good', () => {
    const buffer = filled(5);
    buffer.forget(1_001);
    buffer.renumber(70_000);
    expect([buffer.oldest, buffer.next, buffer.buffered]).toEqual([70_000, 70_003, 6]);
    expect([buffer.read(70_000)?.minute, buffer.read(1_002)]).toEqual([3, undefined]);
    expect(buffer.append(message(6))).toBe(70_003);
    const again = open();
    expect([again.oldest, again.next, again.read(70_003)?.minute]).toEqual([70_000, 70_004, 6]);
    again.forget(70_003);
    expect([again.oldest, again.buffered, segments()]).toEqual([70_004, 0, ['1004.jsonl']]);
  });

  it('is confirmed by a receipt, and not any more when lines at its end are lost', () => {
    const buffer = filled(3);
    expect(buffer.confirmed).toBe(false);
    buffer.forget(1_000);
    expect([buffer.confirmed, open().confirmed]).toEqual([true, true]);
    const path = join(directory, '1002.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"value":1', '"value":7'));
    expect(open().confirmed).toBe(false);
  });
});
