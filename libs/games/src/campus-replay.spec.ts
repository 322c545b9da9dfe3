import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';

import { loadPack } from './load-pack.js';
import { minuteValues, replayOf } from './replay.js';

const read = async () => {
  const loaded = await loadPack(fileURLToPath(new URL('../../../config/campus-replay', import.meta.url)));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
};

describe('the campus replay', () => {
  it('is clean, its main venue with the gates first', async () => {
    const pack = await read();
    expect(pack.venues).toHaveLength(5);
    expect(pack.transport.lines.map(({ id }) => id)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    const counted = pack.gateways.filter(({ points }) => points.some(({ kind }) => kind === 'count_in'));
    expect(counted.map(({ venue }) => venue)).toEqual([pack.venues[0]?.id]);
  });

  it('stays inside every point’s range for its whole length', async () => {
    const pack = await read();
    const from = epochMs(Date.UTC(2026, 9, 1));
    const to = epochMs(from + 8 * 7 * 24 * HOUR_MS);
    for (const point of pack.gateways.flatMap(({ points }) => points)) {
      if (!point.recorded) continue;
      const values = minuteValues(pack, point.recorded, from, to);
      expect(values).toHaveLength((to - from) / MINUTE_MS);
      expect(values.every((value) => value >= point.min && value <= point.max)).toBe(true);
      expect(values.some((value) => value > point.max / 20)).toBe(true);
    }
  });

  it('has its high price from 16:00 to 21:00', async () => {
    const pack = await read();
    const price = replayOf(pack, { series: pack.energy.import_price_per_kwh, scale: 1, rule: 'hold' });
    // A Monday in winter time, five hours behind UTC.
    const midnight = Date.UTC(2026, 11, 7, 5);
    const high = [...Array(24).keys()].filter((hour) => price(epochMs(midnight + hour * HOUR_MS)) > 0.4);
    expect(high).toEqual([16, 17, 18, 19, 20]);
  });
});
