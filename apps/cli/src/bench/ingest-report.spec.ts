import { describe, expect, it } from '@jest/globals';

import type { IngestFigures } from './ingest-bench.js';
import { findIngestFault, ingestDocument, ingestTable } from './ingest-report.js';

const load = (messagesPerSecond: number, readings: number) => ({
  published: 500,
  messages: 500 / readings,
  messagesPerSecond,
  readingsPerSecond: messagesPerSecond * readings,
  delayP50Ms: 40,
  delayP99Ms: 90,
  backlog: 60,
});
const phase = (messagesPerSecond: number, readings: number) => ({
  load: load(messagesPerSecond, readings),
  cpu: { generator: 0.1, mosquitto: 0.2, ingest: 0.9, postgres: 0.456 },
  rssMb: 210.04,
});

const figures: IngestFigures = {
  tier: 'timescaledb_apache',
  version: '17.6',
  durable: true,
  subscriber: { load: load(30_000, 1), cpu: { generator: 0.2, mosquitto: 0.4, subscriber: 1 } },
  ones: phase(18_000, 1),
  many: phase(4_000, 20),
  half: phase(2_000, 20),
  sustained: phase(1_000, 20),
  copyRowsPerSecond: 100_000,
  rssMb: 210.04,
  rssSlopeMbPerMin: 0.251,
  stored: { rows: 2_000, duplicates: 0 },
  published: 2_000,
  repeated: 3,
  complaints: [],
};

describe('the ingest report', () => {
  it('has the figures under the names that others read', () => {
    expect(ingestDocument(figures)).toMatchObject({
      messages_per_second: 18_000,
      readings_per_second: 80_000,
      subscriber_messages_per_second: 30_000,
      copy_rows_per_second: 100_000,
      ratio_to_subscriber: 0.6,
      ratio_to_copy: 0.8,
      delay_p50_ms: 40,
      delay_p99_ms: 90,
      rss_mb: 210,
      published: 2_000,
      stored: 2_000,
      duplicates: 0,
    });
  });

  it('shows people the bars, the tier, and where the cores went', () => {
    const table = ingestTable(figures);
    expect(table).toContain('timescaledb_apache, PostgreSQL 17.6, commits reach the disk');
    expect(table).toMatch(/^ratio_to_copy +0\.8 +at least 0\.6$/m);
    expect(table).toMatch(/^subscriber +0\.20 +0\.40 +1\.00 +- +-$/m);
    expect(table).toMatch(/^one_reading +0\.10 +0\.20 +- +0\.90 +0\.46$/m);
  });

  it('says when commits may be lost', () =>
    expect(ingestTable({ ...figures, durable: false })).toContain('NOT durable'));
});

describe('findIngestFault', () => {
  it('finds none where every reading is stored once', () => expect(findIngestFault(figures)).toBeUndefined());

  it.each([
    { rows: 1_999, duplicates: 0 },
    { rows: 2_001, duplicates: 1 },
    { rows: 2_000, duplicates: 1 },
  ])('says what is missing or double: %j', (stored) =>
    expect(findIngestFault({ ...figures, stored })).toContain('2000 readings were published'),
  );
});
