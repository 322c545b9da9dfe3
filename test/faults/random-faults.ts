import { setTimeout as delay } from 'node:timers/promises';

import { type Fault, faults } from './faults.js';
import type { Random } from './random.js';
import type { Settings } from './settings.js';
import type { World } from './world.js';

const PAUSE_SECONDS = 3;
const LONG_SHARE = 0.06;

/** One fault, or two of different parts at once. */
const drawFaults = (random: Random): readonly Fault[] => {
  const first = random.pick(faults);
  if (first.isAlone || random.next() < 0.5) return [first];
  const others = faults.filter((fault) => !fault.isAlone && fault.part !== first.part);
  return [first, random.pick(others)];
};

/** Strikes again and again until the time is over, one or two at once, for two to eight seconds each, and sometimes for as long as an outage lasts. */
export const strikeAtRandom = async (
  world: World,
  random: Random,
  { minutes, outageSeconds }: Pick<Settings, 'minutes' | 'outageSeconds'>,
  print: (line: string) => void,
): Promise<void> => {
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    const drawn = drawFaults(random);
    const seconds = random.next() < LONG_SHARE ? outageSeconds : random.between(2, 8);
    const left = Math.max(0, Math.round((end - performance.now()) / 1_000));
    print(
      `  ${String(left).padStart(4)} s left: ${drawn.map(({ name }) => name).join(' + ')}, ${seconds.toFixed(1)} s`,
    );
    await Promise.all(drawn.map((fault) => fault.strike(world, random.fork(), seconds)));
    await delay(random.between(0, PAUSE_SECONDS) * 1_000);
  }
};
