import { setTimeout as delay } from 'node:timers/promises';

import { epochMs, floorTo, MINUTE_MS, seededRandom } from '#libs/kernel';

import { ask } from './ask.js';
import { BenchRoom } from './bench-room.js';
import { history } from './history.js';
import { Histogram } from './load/histogram.js';
import type { Cleanup } from './process/cleanup.js';
import type { CpuShares } from './process/cpu-watch.js';
import { runStatement } from './servers/database.js';

const LOAD_READINGS_PER_SECOND = 10_000;
const READINGS_PER_MESSAGE = 20;
const LOAD_SECONDS = 60;
const WARM_UP_SECONDS = 3;
/** Between one pair of questions and the next, so that they meet everything that happens in the time of the load. */
const PAUSE_MS = 50;
const PERCENT_ROWS = 20;

export interface QueryBenchOptions {
  /** In the table before anything is asked. */
  readonly readings: number;
  readonly seed: number;
}

export interface QueryFigures {
  readonly tier: string;
  readonly version: string;
  readonly durable: boolean;
  readonly overview: Histogram;
  readonly series: Histogram;
  readonly requests: number;
  readonly readings: number;
  readonly loadReadingsPerSecond: number;
  readonly cpu: CpuShares;
}

export const runQueryBench = async (
  { readings, seed }: QueryBenchOptions,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<QueryFigures> => {
  const room = await BenchRoom.open(seed, cleanup, say);
  const { store, url } = await room.createDatabase();
  // The first start makes the pack's points known.
  const ingest = await room.startPlatform('ingest', url);
  const points = (await store.listPoints()).filter(({ gateway }) => gateway.startsWith('load-'));
  const now = floorTo(epochMs(Date.now()), MINUTE_MS);
  say(`Loading ${readings} readings of ${points.length} points …`);
  let told = 0;
  await store.readings.importHistory(history(points, readings, now, seed), (rows) => {
    const part = Math.floor((rows / readings) * PERCENT_ROWS);
    if (part > told) say(`… ${Math.round((part * 100) / PERCENT_ROWS)} %`);
    told = Math.max(told, part);
  });
  await runStatement(url, 'analyze');
  say('Waiting for the first plans …');
  const api = await room.startPlatform('control,api', url);

  say(`Asking for the overview and for a day of a point, at ${LOAD_READINGS_PER_SECOND} readings/s …`);
  const over = new AbortController();
  const load = room
    .measure(
      [
        { name: 'ingest', pid: ingest.pid },
        { name: 'control, api', pid: api.pid },
      ],
      {
        readingsPerMessage: READINGS_PER_MESSAGE,
        pace: { kind: 'rate', messagesPerSecond: LOAD_READINGS_PER_SECOND / READINGS_PER_MESSAGE },
        seconds: LOAD_SECONDS,
        warmUpSeconds: WARM_UP_SECONDS,
      },
    )
    .finally(() => over.abort());
  const [overview, series, random] = [new Histogram(), new Histogram(), seededRandom(seed + 1)];
  let requests = 0;
  const asking = (async () => {
    await delay(WARM_UP_SECONDS * 1000);
    while (!over.signal.aborted) {
      const point = points[Math.floor(random() * points.length)];
      if (!point) throw new Error('The pack has no point.');
      await ask(`${api.url}/api/v1/overview`, overview);
      await ask(`${api.url}/api/v1/venues/${point.venue}/series?point=${encodeURIComponent(point.point)}`, series);
      requests++;
      await delay(PAUSE_MS);
    }
  })();
  const [measured] = await Promise.all([load, asking]);
  return {
    tier: store.tier,
    version: room.version,
    durable: room.durable,
    overview,
    series,
    requests,
    readings,
    loadReadingsPerSecond: measured.load.readingsPerSecond,
    cpu: measured.cpu,
  };
};
