import { epochMs } from '#libs/kernel';

import { BenchRoom, type Measured } from './bench-room.js';
import { measureCopyLimit } from './copy/copy-limit.js';
import { SubscriberProcess } from './load/load-process.js';
import type { LoadRun } from './load/protocol.js';
import type { Cleanup } from './process/cleanup.js';
import { MemoryWatch, slopeOf } from './process/memory-watch.js';
import { checkStored, type Stored } from './servers/check-stored.js';
import { rollUpMeanwhile } from './servers/roll-up.js';

const MANY = 20;
/** Messages without a receipt over all gateways in the closed loops: enough for several batches, less than what makes ingest leave its broker. */
const WINDOW_OF_ONE = 12_000;
const WINDOW_OF_MANY = 1_500;
const TARGET_READINGS_PER_SECOND = 20_000;
const SHORT_SECONDS = 30;
const DELAY_SECONDS = 60;
const COPY_ROWS = 1_000_000;

export interface IngestBenchOptions {
  /** Of the two long phases; the others are shorter. */
  readonly seconds: number;
  readonly seed: number;
}

export interface Phase extends Measured {
  readonly rssMb: number;
}

export interface IngestFigures {
  readonly tier: string;
  readonly version: string;
  readonly durable: boolean;
  readonly subscriber: Measured;
  readonly ones: Phase;
  readonly many: Phase;
  readonly half: Phase;
  readonly sustained: Phase;
  readonly copyRowsPerSecond: number;
  readonly rssMb: number;
  readonly rssSlopeMbPerMin: number;
  readonly stored: Stored;
  readonly published: number;
  /** Readings that came to ingest again and were not stored again. */
  readonly repeated: number;
  readonly complaints: readonly string[];
}

const warmUpOf = (seconds: number): number => Math.min(3, seconds / 3);

const timed = (seconds: number): Pick<LoadRun, 'seconds' | 'warmUpSeconds'> => ({
  seconds,
  warmUpSeconds: warmUpOf(seconds),
});

export const runIngestBench = async (
  { seconds, seed }: IngestBenchOptions,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<IngestFigures> => {
  const room = await BenchRoom.open(seed, cleanup, say);
  const short = Math.min(seconds, SHORT_SECONDS);
  const ofOne = { readingsPerMessage: 1, pace: { kind: 'window', messages: WINDOW_OF_ONE } } as const;

  say(`A bare mqtt.js subscriber, one reading a message, ${short} s …`);
  const bare = await SubscriberProcess.start(room.broker.url);
  cleanup.add('the bare subscriber', () => bare.stop());
  const subscriber = await room.measure([{ name: 'subscriber', pid: bare.pid }], { ...ofOne, ...timed(short) });
  await bare.stop();

  const database = await room.createDatabase();
  const ingest = await room.startPlatform('ingest', database.url);
  const memory = new MemoryWatch(ingest.pid);
  cleanup.add('the memory watch', () => memory.stop());
  const phase = async (name: string, run: LoadRun): Promise<Phase> => {
    say(`Ingest, ${name}, ${run.seconds} s …`);
    const first = memory.samples.length;
    const measured = await room.measure([{ name: 'ingest', pid: ingest.pid }], run);
    return { ...measured, rssMb: Math.max(0, ...memory.samples.slice(first).map(({ mb }) => mb)) };
  };

  const ones = await phase('one reading a message', { ...ofOne, ...timed(short) });
  const paced = (readingsPerSecond: number): Omit<LoadRun, 'seconds' | 'warmUpSeconds'> => ({
    readingsPerMessage: MANY,
    pace: { kind: 'rate', messagesPerSecond: readingsPerSecond / MANY },
  });
  // First of the long ones: what the others leave to be rolled up is more than a control would ever find.
  const stopRollUp = rollUpMeanwhile(database.store);
  const from = memory.samples.length;
  const sustained = await phase('at 20,000 readings/s', { ...paced(TARGET_READINGS_PER_SECOND), ...timed(seconds) });
  await stopRollUp();
  const slope = slopeOf(memory.samples.slice(from));

  const many = await phase('20 readings a message', {
    readingsPerMessage: MANY,
    pace: { kind: 'window', messages: WINDOW_OF_MANY },
    ...timed(seconds),
  });

  const half = await phase('at half of that', {
    ...paced(many.load.readingsPerSecond / 2),
    ...timed(Math.min(seconds, DELAY_SECONDS)),
  });
  const repeated = await ingest.metric('venueflow_ingest_readings_total', 'duplicate');
  memory.stop();
  await ingest.stop();

  say('Counting what is stored …');
  const phases = [ones, sustained, many, half];
  const stored = await checkStored(database.url);
  say('The staging-COPY limit of the same rows …');
  const empty = await room.createDatabase();
  await empty.store.readings.maintain(epochMs(Date.now()));
  const copyRowsPerSecond = await measureCopyLimit(database.url, empty.url, COPY_ROWS);
  return {
    tier: database.store.tier,
    version: room.version,
    durable: room.durable,
    subscriber,
    ones,
    many,
    half,
    sustained,
    copyRowsPerSecond,
    rssMb: memory.highestMb,
    rssSlopeMbPerMin: slope,
    stored,
    published: phases.reduce((sum, { load }) => sum + load.published, 0),
    repeated,
    complaints: ingest.complaints,
  };
};
