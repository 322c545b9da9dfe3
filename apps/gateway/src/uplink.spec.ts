import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DiskBuffer } from './buffer/disk-buffer.js';
import { Uplink } from './uplink.js';

describe('Uplink', () => {
  let directory: string;
  let buffer: DiskBuffer;
  let sent: [seq: number, oldest: number | undefined][];
  let uplink: Uplink;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'venueflow-uplink-'));
    buffer = new DiskBuffer({ directory, firstSeq: 100 });
    sent = [];
    uplink = new Uplink(buffer, ({ seq, oldest }) => sent.push([seq, oldest]));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const append = (count: number) => {
    for (let n = 0; n < count; n++) buffer.append({ minute: n, soc_ratio: null, readings: [] });
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

  it('goes at most 50 messages ahead of the receipt', () => {
    append(80);
    uplink.onConnect(0);
    uplink.pump(0);
    expect(seqs()).toHaveLength(50);
    uplink.onReceipt(119, 100);
    uplink.pump(100);
    expect(seqs()).toEqual(Array.from({ length: 20 }, (_, index) => 150 + index));
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
