import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readingsMessage } from '#libs/telemetry';
import { DiskBuffer } from './buffer/disk-buffer.js';
import { systemDisk } from './buffer/segment.js';
import { Uplink } from './uplink.js';

const diskBytes = (directory: string) =>
  readdirSync(directory).reduce(
    (sum, name) => sum + (name.endsWith('.jsonl') ? statSync(join(directory, name)).size : 0),
    0,
  );

const reading = { point: 'main.active_power', value: 1, unit: 'kW', quality: 'good' as const };

describe('Uplink', () => {
  let directory: string;
  let buffer: DiskBuffer;
  let sent: [seq: number, oldest: number | undefined][];
  let uplink: Uplink;
  let taking: number;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'venueflow-uplink-'));
    buffer = new DiskBuffer({ directory, firstSeq: 100 });
    sent = [];
    taking = Infinity;
    uplink = new Uplink(buffer, (payload) => {
      if (sent.length >= taking) return false;
      const { seq, oldest } = readingsMessage.parse(JSON.parse(payload));
      sent.push([seq, oldest]);
      return true;
    });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const append = (count: number) => {
    for (let n = 0; n < count; n++) buffer.append({ minute: n, soc_ratio: null, readings: [{ ...reading, ts: n }] });
  };
  const seqs = () => sent.splice(0).map(([seq]) => seq);

  it('sends nothing before it is connected, then all in order with the oldest held', () => {
    append(3);
    uplink.pump(0);
    expect(sent).toEqual([]);
    uplink.onConnect(0);
    uplink.pump(0);
    expect(sent).toEqual([
      [100, 100],
      [101, 100],
      [102, 100],
    ]);
  });

  it('sends each message once while receipts come', () => {
    uplink.onConnect(0);
    for (let minute = 0; minute < 100; minute++) {
      append(1);
      uplink.pump(minute * 60_000);
      uplink.onReceipt(100 + minute, minute * 60_000 + 500);
      uplink.pump(minute * 60_000 + 40_000);
    }
    expect(seqs()).toEqual(Array.from({ length: 100 }, (_, index) => 100 + index));
  });

  const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

  it('goes 50 messages ahead of the receipt at first, then one more for each that is receipted', () => {
    append(200);
    uplink.onConnect(0);
    uplink.pump(0);
    expect(seqs()).toHaveLength(50);
    uplink.onReceipt(119, 100);
    uplink.pump(100);
    expect(seqs()).toEqual(from(150, 40));
    uplink.onDisconnect();
    uplink.onConnect(200);
    uplink.pump(200);
    expect(seqs()).toEqual(from(120, 50));
  });

  it('goes on with the same message when the connection did not take it', () => {
    append(5);
    taking = 2;
    uplink.onConnect(0);
    uplink.pump(0);
    expect(seqs()).toEqual([100, 101]);
    uplink.pump(10);
    expect(seqs()).toEqual([102, 103]);
  });

  it('passes damaged lines, and sends what follows again so that the receipt may pass too', () => {
    append(6);
    const path = join(directory, '100.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[2] = 'x'.repeat(40);
    lines.splice(3, 1);
    writeFileSync(path, lines.join('\n'));
    buffer.close();
    buffer = new DiskBuffer({ directory, firstSeq: 100 });
    uplink = new Uplink(buffer, (payload) => {
      const { seq, oldest } = readingsMessage.parse(JSON.parse(payload));
      return sent.push([seq, oldest]) > 0;
    });
    uplink.onConnect(0);
    uplink.pump(0);
    expect(seqs()).toEqual([100, 101, 104, 105]);
    uplink.onReceipt(101, 50);
    uplink.pump(50);
    expect(sent).toEqual([
      [104, 104],
      [105, 104],
    ]);
    expect([buffer.oldest, buffer.dropped]).toEqual([104, 2]);
  });

  it('numbers what it holds above a receipt that is beyond its newest message, and sends it again', () => {
    append(3);
    uplink.onConnect(0);
    uplink.pump(0);
    seqs();
    expect(uplink.onReceipt(5_000, 100)).toBe(false);
    uplink.pump(100);
    expect(sent).toEqual([
      [5_001, 5_001],
      [5_002, 5_001],
      [5_003, 5_001],
    ]);
    expect(uplink.onReceipt(5_003, 200)).toBe(true);
    expect(buffer.buffered).toBe(0);
  });

  it('does not take a receipt for what a new buffer has not sent yet', () => {
    append(10);
    expect(uplink.onReceipt(105, 0)).toBe(false);
    uplink.onConnect(0);
    uplink.pump(0);
    expect(seqs()).toEqual(from(106, 10));
    expect(buffer.buffered).toBe(10);
  });

  it('keeps a week without a network within its bound and in order, then sends it all', () => {
    buffer.close();
    rmSync(directory, { recursive: true });
    const maxBytes = 400_000;
    const disk = { ...systemDisk, sync: () => undefined };
    buffer = new DiskBuffer({ directory, firstSeq: 100, maxBytes, disk });
    let most = 0;
    const payloads: string[] = [];
    uplink = new Uplink(buffer, (payload) => payloads.push(payload) > 0);
    for (let minute = 0; minute < 7 * 1_440; minute++) {
      buffer.append({ minute, readings: [{ ...reading, ts: minute * 60_000 }] });
      uplink.pump(minute * 60_000);
      if (minute % 100 === 0) most = Math.max(most, diskBytes(directory));
    }
    expect(payloads).toEqual([]);
    expect(most).toBeLessThanOrEqual(maxBytes);
    expect(buffer.dropped + buffer.buffered).toBe(7 * 1_440);
    expect(buffer.buffered).toBeGreaterThan(1_000);
    const oldest = buffer.oldest;
    uplink.onConnect(0);
    for (let round = 0; buffer.buffered > 0 && round < 1_000; round++) {
      uplink.pump(round * 100);
      const newest = payloads.at(-1) ?? '{}';
      uplink.onReceipt(readingsMessage.parse(JSON.parse(newest)).seq, round * 100 + 50);
    }
    const all = payloads.map((payload) => readingsMessage.parse(JSON.parse(payload)).seq);
    expect(all).toEqual(from(oldest, 100 + 7 * 1_440 - oldest));
    expect(buffer.buffered).toBe(0);
  });

  describe('with a full buffer', () => {
    const written = 1_000;
    beforeEach(() => {
      buffer.close();
      rmSync(directory, { recursive: true });
      const disk = { ...systemDisk, sync: () => undefined };
      buffer = new DiskBuffer({ directory, firstSeq: 100, maxBytes: 20_000, disk });
      uplink = new Uplink(buffer, (payload) => {
        const { seq, oldest } = readingsMessage.parse(JSON.parse(payload));
        return sent.push([seq, oldest]) > 0;
      });
      uplink.onConnect(0);
    });
    const feed = (count: number) => {
      for (let n = 0; n < count; n++) {
        append(1);
        uplink.pump(0);
      }
    };
    /** A platform that stores in order what reaches it, as ReceiptTracker does. */
    const storeAll = () => {
      const stored = new Set<number>();
      let receipt = 99;
      for (let round = 1; sent.length > 0 && round < 1_000; round++) {
        for (const [seq, oldest = 0] of sent.splice(0)) {
          stored.add(seq);
          receipt = Math.max(receipt, oldest - 1);
          while (stored.has(receipt + 1)) receipt++;
        }
        uplink.onReceipt(receipt, round);
        uplink.pump(round);
      }
      return stored;
    };

    it('sends no more than its window while nothing is receipted, whatever is given up', () => {
      feed(written);
      expect(buffer.dropped).toBeGreaterThan(500);
      expect(sent).toHaveLength(50);
    });

    it('does not count as dropped what was given up under way and is stored', () => {
      feed(written);
      expect(uplink.givenUpUnderWay).toBe(50);
      const stored = storeAll();
      expect([...stored].slice(0, 50)).toEqual(from(100, 50));
      expect([stored.size + buffer.dropped, buffer.buffered, uplink.givenUpUnderWay]).toEqual([written, 0, 0]);
    });

    it('sends what was given up under way again after a reconnect, before anything past the gap', () => {
      feed(written);
      sent = [];
      uplink.onDisconnect();
      append(100);
      uplink.onConnect(1);
      uplink.pump(1);
      expect(sent).toEqual(from(100, 50).map((seq) => [seq, 100]));
      expect(storeAll().size + buffer.dropped).toBe(written + 100);
    });

    it('says of itself what it has given up when it is killed meanwhile: too much rather than too little', () => {
      feed(written);
      const { dropped, buffered } = new DiskBuffer({ directory, firstSeq: 0 });
      expect(dropped + buffered).toBe(written);
    });
  });

  it('sends again from the receipt after a reconnect', () => {
    append(5);
    uplink.onConnect(0);
    uplink.pump(0);
    uplink.onReceipt(101, 0);
    uplink.onDisconnect();
    seqs();
    uplink.pump(1_000);
    expect(seqs()).toEqual([]);
    uplink.onConnect(2_000);
    uplink.pump(2_000);
    expect(seqs()).toEqual([102, 103, 104]);
  });

  it('sends again 30 s after the last receipt, then waits twice as long', () => {
    append(3);
    uplink.onConnect(0);
    uplink.pump(0);
    uplink.onReceipt(100, 10_000);
    seqs();
    uplink.pump(39_999);
    expect(seqs()).toEqual([]);
    uplink.pump(40_000);
    expect(seqs()).toEqual([101, 102]);
    uplink.pump(99_999);
    expect(seqs()).toEqual([]);
    uplink.pump(100_000);
    expect(seqs()).toEqual([101, 102]);
  });

  it('sends again from a receipt that is repeated, with a longer pause each time until one is new', () => {
    append(3);
    uplink.onConnect(0);
    uplink.pump(0);
    uplink.onReceipt(100, 500);
    seqs();
    const repeatedAt = (now: number) => {
      uplink.onReceipt(100, now);
      uplink.pump(now);
      return seqs();
    };
    expect(repeatedAt(999)).toEqual([]);
    expect(repeatedAt(1_000)).toEqual([101, 102]);
    expect(repeatedAt(2_999)).toEqual([]);
    expect(repeatedAt(3_000)).toEqual([101, 102]);
    uplink.onReceipt(101, 3_100);
    uplink.onReceipt(100, 4_000);
    uplink.pump(4_000);
    expect(seqs()).toEqual([]);
    uplink.onReceipt(101, 4_000);
    uplink.pump(4_000);
    expect(seqs()).toEqual([102]);
  });

  it('does not send again on a repeated receipt when all is receipted', () => {
    append(1);
    uplink.onConnect(0);
    uplink.pump(0);
    uplink.onReceipt(100, 100);
    seqs();
    uplink.onReceipt(100, 5_000);
    append(1);
    uplink.pump(5_000);
    expect(seqs()).toEqual([101]);
  });
});
