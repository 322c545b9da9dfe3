import { parquetWriteBuffer } from 'hyparquet-writer';

import type { PolicyDay } from '../replications/compare-days.js';

/** The rows of `indicatorsCsv` as an Apache Parquet file: policy and indicator as UTF-8, replication as int32, value as double. */
export const indicatorsParquet = (days: readonly PolicyDay[]): Uint8Array => {
  const rows = days.flatMap(({ policy, replication, indicators }) =>
    Object.entries(indicators).map(([indicator, value]) => ({ policy, replication, indicator, value })),
  );
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'policy', type: 'STRING', nullable: false, data: rows.map(({ policy }) => policy) },
        { name: 'replication', type: 'INT32', nullable: false, data: rows.map(({ replication }) => replication) },
        { name: 'indicator', type: 'STRING', nullable: false, data: rows.map(({ indicator }) => indicator) },
        { name: 'value', type: 'DOUBLE', nullable: false, data: rows.map(({ value }) => value) },
      ],
    }),
  );
};
