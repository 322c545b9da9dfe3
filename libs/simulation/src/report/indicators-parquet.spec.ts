import { describe, expect, it } from '@jest/globals';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';

import type { PolicyDay } from '../replications/compare-days.js';
import { indicatorsCsv } from './indicators-csv.js';
import { indicatorsParquet } from './indicators-parquet.js';

const days: readonly PolicyDay[] = [
  { policy: 'idle', replication: 0, indicators: { mean_wait_s: 622.3171080153245, departures: 5686, energy_cost: -0.1 } },
  { policy: 'idle', replication: 1, indicators: { mean_wait_s: 0, departures: 5690, energy_cost: 1e300 } },
  { policy: 'planned', replication: 0, indicators: { 'mean_wait_s.media': Infinity } },
]; // prettier-ignore

const fileOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

describe('the table of indicators as Parquet', () => {
  it('has the rows of the CSV, with columns of their own type', async () => {
    const file = fileOf(indicatorsParquet(days));
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(7);
    expect(rows.map(({ policy, replication, indicator, value }) => `${policy},${replication},${indicator},${value}\n`).join('')).toBe(
      days.map(indicatorsCsv).join(''),
    ); // prettier-ignore
    const [, ...columns] = parquetMetadata(file).schema;
    expect(columns).toMatchObject([
      { name: 'policy', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'replication', type: 'INT32', repetition_type: 'REQUIRED' },
      { name: 'indicator', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'value', type: 'DOUBLE', repetition_type: 'REQUIRED' },
    ]);
  });

  it('is a file without rows when there was no day', async () => {
    expect(await parquetReadObjects({ file: fileOf(indicatorsParquet([])) })).toEqual([]);
  });
});
