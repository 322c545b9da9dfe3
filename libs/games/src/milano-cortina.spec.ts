import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS } from '#libs/kernel';

import { loadPack } from './load-pack.js';
import type { Pack } from './pack.js';
import { getColumn } from './recording.js';
import { splitSeries } from './replay.js';
import { sessionsBetween } from './sessions.js';

const folder = fileURLToPath(new URL('../../../config/milano-cortina-2026', import.meta.url));

let pack: Pack;
beforeAll(async () => {
  const loaded = await loadPack(folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  pack = loaded.value;
});

/** The rows of a recorded series. */
const rowsOf = (series: string): Float64Array => {
  const { recording: id, column } = splitSeries(series);
  const recording = pack.recordings.get(id);
  if (!recording) throw new Error(`No recording ${id}.`);
  return getColumn(recording, column);
};

/** The recordings' three weeks, from midnight in Rome. */
const from = epochMs(Date.UTC(2026, 1, 3, 23));
const to = epochMs(from + 21 * 24 * HOUR_MS);

describe('Milano Cortina 2026', () => {
  it('is what its figures give, byte for byte', () => {
    const made = execFileSync(process.execPath, [`${folder}/make/make-pack.mjs`, '--check'], { encoding: 'utf8' });
    expect(made).toBe('');
  });

  it('has its fifteen venues, each with sessions, gates, people and load', () => {
    const venues = new Set(sessionsBetween(pack, { start: from, end: to }).map(({ venue }) => venue));
    expect(venues.size).toBe(15);
    for (const venue of venues) {
      const points = pack.gateways.filter((gateway) => gateway.venue === venue).flatMap((gateway) => gateway.points);
      expect(points.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['load_power', 'count_in', 'count_out']));
    }
  });

  it('stays inside every point’s range', () => {
    for (const { min, max, recorded } of pack.gateways.flatMap(({ points }) => points)) {
      if (!recorded) continue;
      // A count of a quarter hour is spread over its minutes.
      const scale = recorded.rule === 'spread' ? recorded.scale / 15 : recorded.scale;
      const most = Math.max(...rowsOf(recorded.series)) * scale;
      const least = Math.min(...rowsOf(recorded.series)) * scale;
      expect({ recorded, inside: min <= least && Math.ceil(most) <= max }).toEqual({ recorded, inside: true });
    }
  });

  it.each(['santagiulia', 'anterselva', 'tofane', 'verona'])('lets out of %s all whom it let in', (venue) => {
    const [inward = 0, outward] = ['in', 'out'].map((way) =>
      rowsOf(`people.${venue}_${way}`).reduce((sum, people) => sum + people, 0),
    );
    expect(inward).toBeGreaterThan(10_000);
    expect(outward).toBe(inward);
  });
});
