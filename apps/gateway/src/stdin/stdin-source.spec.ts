import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { type Sink, StdinSource } from './stdin-source.js';

const point = { id: 'main.power', kind: 'sub_power' as const, unit: 'kW' as const, min: 0, max: 9, interval_s: 60 };
const line = (n: number) => `{"point":"main.power","ts":${n},"value":${n}}\n`;
const lines = (count: number) => Buffer.from(Array.from({ length: count }, (_, n) => line(n)).join(''));

const create = (takes: () => boolean = () => true) => {
  const batches: number[][] = [];
  const warnings: string[] = [];
  const sink: Sink & { busy: boolean } = {
    busy: false,
    append: ({ readings }) => takes() && batches.push(readings.map(({ ts }) => ts)) > 0,
  };
  const options = {
    clock: { now: () => epochMs(0) },
    monotonic: () => 0,
    warn: (text: string) => void warnings.push(text),
    retryMs: 5,
  };
  return { source: new StdinSource([point], sink, options), batches, warnings, sink };
};

async function* streamOf(...chunks: readonly Uint8Array[]) {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield chunk;
  }
}

describe('StdinSource', () => {
  it('writes batches of 500 in order, and the rest at the end', async () => {
    const { source, batches } = create();
    await source.run(streamOf(lines(1_200)));
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(batches.flat()).toEqual(Array.from({ length: 1_200 }, (_, n) => n));
    expect(source.counts).toEqual({ lines: 1_200, readings: 1_200, refused: 0, waiting: 0 });
  });

  it('writes what it has after 200 ms', async () => {
    const { source, batches } = create();
    const slow = async function* () {
      yield lines(3);
      await delay(400);
      expect(batches).toEqual([[0, 1, 2]]);
    };
    await source.run(slow());
    expect(batches).toHaveLength(1);
  });

  it('reads no further while the disk does not take it, and loses nothing', async () => {
    let refusals = 3;
    let asked = 0;
    const { source, batches } = create(() => refusals-- <= 0);
    const counted = async function* () {
      for (let chunk = 0; chunk < 4; chunk++) {
        asked = chunk;
        if (chunk === 1) expect(refusals).toBeLessThan(0);
        await Promise.resolve();
        yield lines(500);
      }
    };
    await source.run(counted());
    expect(asked).toBe(3);
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 500, 500]);
  });

  it('names the first bad lines at once, counts all, and takes the others', async () => {
    const { source, warnings, batches } = create();
    await source.run(streamOf(Buffer.from(`bad\n\n${line(1)}${'bad\n'.repeat(20)}${line(2)}`)));
    expect(source.counts).toEqual({ lines: 24, readings: 2, refused: 21, waiting: 0 });
    expect(batches).toEqual([[1, 2]]);
    expect(warnings).toHaveLength(5);
    expect(warnings[1]).toContain('stdin line 4: "bad" is not json');
  });

  it('stops with a disk that takes nothing, and says what waits', async () => {
    const { source } = create(() => false);
    const running = source.run(streamOf(lines(700)));
    await delay(20);
    source.stop();
    await running;
    expect(source.counts).toMatchObject({ readings: 0, waiting: 500 });
  });
});
