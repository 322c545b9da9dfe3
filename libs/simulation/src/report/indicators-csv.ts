import type { PolicyDay } from '../replications/compare-days.js';

export const INDICATORS_CSV_HEAD = 'policy,replication,indicator,value\n';

/** A row an indicator of a day. */
export const indicatorsCsv = ({ policy, replication, indicators }: PolicyDay): string =>
  Object.entries(indicators)
    .map(([indicator, value]) => `${policy},${replication},${indicator},${value}\n`)
    .join('');
