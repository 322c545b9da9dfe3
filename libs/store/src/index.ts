export * from './contract.js';
export { EmbeddedPostgresError } from './embedded/errors.js';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded/start.js';
export type { Leadership } from './leadership.js';
export { BATCH_ROWS } from './series/insert-readings.js';
export { STORABLE } from './series/reading-row.js';
export { MOST_STEPS } from './series/series-query.js';
export { Store } from './store.js';
export type { Tier } from './tier/tier.js';
