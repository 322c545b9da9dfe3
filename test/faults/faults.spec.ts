import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { faults } from './faults.js';
import { Load } from './load.js';
import { Random } from './random.js';
import { strikeAtRandom } from './random-faults.js';
import { Report } from './report.js';
import { type Counts, Settlement } from './settle.js';
import { readSettings } from './settings.js';
import { World } from './world.js';

const RATES = { gateway: 200, device: 20 };
const STRIKE_SECONDS = 4;
const SETTLE_SECONDS = 90;
const { mosquitto, seed, minutes, outageSeconds } = readSettings(process.env);
const limitMs = (seconds: number): number => (seconds + SETTLE_SECONDS + 240) * 1_000;

describe('whatever fails, everything accepted is stored once', () => {
  const random = new Random(seed);
  const report = new Report((line) => process.stderr.write(`${line}\n`));
  let world: World;
  let close = (): Promise<void> => Promise.resolve();
  let load: Load;
  let settlement: Settlement;

  beforeAll(async () => {
    world = await World.open(mosquitto);
    close = () => world.close();
    load = new Load(world, RATES);
    settlement = new Settlement(world);
    await world.warmUp();
    await settlement.settle(SETTLE_SECONDS);
    report.head(`Seed ${seed}, ${minutes} min at random, database away for ${outageSeconds} s`);
  }, limitMs(300));
  afterAll(() => close(), 120_000);

  /** Under load, with what came just before and just after. */
  const underLoad = async (name: string, strike: () => Promise<void>): Promise<Counts> => {
    const began = performance.now();
    load.start();
    try {
      await delay(1_000);
      await strike();
      await delay(1_000);
    } finally {
      load.stop();
    }
    const { counts, lacks } = await settlement.settle(SETTLE_SECONDS);
    report.line(name, counts, (performance.now() - began) / 1_000);
    if (lacks.length > 0) process.stderr.write(`${[...lacks, ...world.lines].join('\n')}\n`);
    return counts;
  };

  const NOTHING_LOST = { missing: 0, duplicates: 0, strange: 0, rejected: 0 };

  it.each(faults)(
    '$name',
    async ({ name, strike, isOutage, drops }) => {
      const seconds = isOutage ? outageSeconds : STRIKE_SECONDS;
      const counts = await underLoad(name, () => strike(world, random.fork(), seconds));
      expect(counts).toMatchObject(NOTHING_LOST);
      expect(counts.written).toBeGreaterThan(0);
      if (drops) {
        expect(counts.dropped).toBeGreaterThan(0);
        // One stretch: everything before it was stored before, and everything after it is there.
        expect(counts.gaps).toBe(1);
        expect(counts.written + counts.acknowledged).toBe(counts.stored + counts.dropped);
      } else expect(counts.dropped).toBe(0);
    },
    limitMs(60),
  );

  it(
    `all of them at random for ${minutes} minutes`,
    async () => {
      const counts = await underLoad('all at random', () =>
        strikeAtRandom(world, random, { minutes, outageSeconds }, (line) => process.stderr.write(`${line}\n`)),
      );
      expect(counts).toMatchObject(NOTHING_LOST);
    },
    limitMs(minutes * 60),
  );
});
