import { formatTable } from '../output.js';
import type { IngestFigures } from './ingest-bench.js';
import type { CpuShares } from './process/cpu-watch.js';

/** A ratio or a limit that the project set itself, on 2 cores with everything on them. */
const BARS = {
  ratio_to_subscriber: 'at least 0.5',
  ratio_to_copy: 'at least 0.6',
  delay_p99_ms: 'at most 2000',
  rss_mb: 'at most 300',
} as const;

const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

/** The figures under the names that others read. */
export const ingestDocument = (figures: IngestFigures) => {
  const { subscriber, ones, many, half, sustained, copyRowsPerSecond } = figures;
  return {
    messages_per_second: round(ones.load.messagesPerSecond),
    readings_per_second: round(many.load.readingsPerSecond),
    subscriber_messages_per_second: round(subscriber.load.messagesPerSecond),
    copy_rows_per_second: round(copyRowsPerSecond),
    ratio_to_subscriber: round(ones.load.messagesPerSecond / subscriber.load.messagesPerSecond, 3),
    ratio_to_copy: round(many.load.readingsPerSecond / copyRowsPerSecond, 3),
    delay_p50_ms: half.load.delayP50Ms,
    delay_p99_ms: half.load.delayP99Ms,
    rss_mb: round(figures.rssMb, 1),
    published: figures.published,
    stored: figures.stored.rows,
    duplicates: figures.stored.duplicates,
    repeated: figures.repeated,
    sustained_20000: {
      readings_per_second: round(sustained.load.readingsPerSecond),
      backlog_readings: sustained.load.backlog,
      delay_p50_ms: sustained.load.delayP50Ms,
      delay_p99_ms: sustained.load.delayP99Ms,
      rss_slope_mb_per_min: round(figures.rssSlopeMbPerMin, 2),
      roll_up: true,
    },
    rss_by_phase_mb: Object.fromEntries(phasesOf(figures).map(({ key, rssMb }) => [key, round(rssMb, 1)])),
    cpu_cores: Object.fromEntries(sharesOf(figures).map(({ key, cpu }) => [key, roundAll(cpu)])),
    tier: figures.tier,
    server_version: figures.version,
    durable: figures.durable,
    warnings: figures.complaints,
  };
};

const phasesOf = ({ ones, many, half, sustained }: IngestFigures) => [
  { key: 'one_reading', ...ones },
  { key: 'twenty_readings', ...many },
  { key: 'half_load', ...half },
  { key: 'sustained_20000', ...sustained },
];

const sharesOf = (figures: IngestFigures) => [{ key: 'subscriber', ...figures.subscriber }, ...phasesOf(figures)];

const roundAll = (shares: CpuShares): CpuShares =>
  Object.fromEntries(Object.entries(shares).map(([name, value]) => [name, round(value, 2)]));

/** For people: the figures with their bars, and where the cores went. */
export const ingestTable = (figures: IngestFigures): string => {
  const found = ingestDocument(figures);
  const bars: Readonly<Record<string, string | undefined>> = BARS;
  const rows = Object.entries(found).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, String(value), bars[name] ?? '']] : [],
  );
  const { sustained_20000: sustained } = found;
  const programs = ['generator', 'mosquitto', 'subscriber', 'ingest', 'postgres'];
  const shares = sharesOf(figures).map(({ key, cpu }) => [
    key,
    ...programs.map((name) => cpu[name]?.toFixed(2) ?? '-'),
  ]);
  return [
    `${figures.tier}, PostgreSQL ${figures.version}, ${figures.durable ? 'commits reach the disk' : 'NOT durable: a commit may be lost'}`,
    formatTable(['figure', 'value', 'to reach'], rows),
    `20,000 readings/s: ${sustained.readings_per_second} stored a second, ${sustained.backlog_readings} open at the end, p99 ${sustained.delay_p99_ms} ms, memory ${sustained.rss_slope_mb_per_min} MB a minute`,
    formatTable(['cores taken', ...programs], shares),
    ...figures.complaints,
  ].join('\n\n');
};

/** What did not come out right, in a line. */
export const findIngestFault = ({ published, stored }: IngestFigures): string | undefined => {
  if (stored.rows === published && stored.duplicates === 0) return undefined;
  return `${published} readings were published and ${stored.rows} are stored, ${stored.duplicates} of them duplicates.`;
};
