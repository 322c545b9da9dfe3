import { carriedTables } from './carried-tables.js';
import { scheduleTables } from './schedule-tables.js';
import type { TableSpec } from './table.js';

/** Every table whose rows are looked at, by file. */
export const TABLES: ReadonlyMap<string, TableSpec> = new Map<string, TableSpec>([
  ...Object.entries(scheduleTables),
  ...Object.entries(carriedTables),
]);
