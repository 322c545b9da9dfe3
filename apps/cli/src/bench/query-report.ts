import { formatTable } from '../output.js';
import type { QueryFigures } from './query-bench.js';

/** What the project set itself, ms. */
const BAR = 'at most 100';

/** The figures under the names that others read. */
export const queryDocument = ({ overview, series, ...figures }: QueryFigures) => ({
  overview_p50_ms: overview.quantile(0.5),
  overview_p99_ms: overview.quantile(0.99),
  series_day_p50_ms: series.quantile(0.5),
  series_day_p99_ms: series.quantile(0.99),
  readings: figures.readings,
  load_readings_per_second: Math.round(figures.loadReadingsPerSecond),
  requests: figures.requests,
  cpu_cores: Object.fromEntries(Object.entries(figures.cpu).map(([name, value]) => [name, Number(value.toFixed(2))])),
  tier: figures.tier,
  server_version: figures.version,
  durable: figures.durable,
});

/** For people. */
export const queryTable = (figures: QueryFigures): string => {
  const found = queryDocument(figures);
  const rows = Object.entries(found).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, String(value), name.endsWith('_p99_ms') ? BAR : '']] : [],
  );
  const shares = Object.entries(found.cpu_cores).map(([name, value]) => [name, value.toFixed(2)]);
  return [
    `${found.tier}, PostgreSQL ${found.server_version}`,
    formatTable(['figure', 'value', 'to reach'], rows),
    formatTable(['program', 'cores taken'], shares),
  ].join('\n\n');
};
