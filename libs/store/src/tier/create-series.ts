import type { Queryable } from '../connection.js';
import { createContinuousAggregates, enableColumnstore } from './community.js';
import { READING, READING_TABLES, ROLLUP_TABLES, type SeriesTable, VEHICLE_POSITION } from './series-tables.js';
import type { Tier } from './tier.js';

const READING_COLUMNS = `
  point_id integer not null,
  ts timestamptz not null,
  value double precision not null,
  quality smallint not null,
  constraint reading_point_ts unique (point_id, ts)`;

const rollupColumns = (table: string) => `
  point_id integer not null,
  bucket timestamptz not null,
  min double precision not null,
  max double precision not null,
  sum double precision not null,
  count integer not null,
  last double precision not null,
  constraint ${table}_point_bucket unique (point_id, bucket)`;

/** `rollup_pending`: minutes that were written to since they were rolled up; appended by every batch, taken by `rollUp`. */
const LOGS = [
  `create table rejected_message (
     id bigint generated always as identity primary key,
     at timestamptz not null default now(),
     batch uuid not null,
     topic text not null,
     payload bytea not null,
     reason text not null,
     readings integer not null)`,
  `create index rejected_message_batch on rejected_message (batch)`,
  `create table rollup_pending (
     id bigint generated always as identity primary key,
     bucket timestamptz not null,
     point_ids integer[] not null)`,
  `create index rollup_pending_bucket on rollup_pending (bucket)`,
];

/** Vehicles by name: also those that no pack knows are kept, so that people see them. */
const POSITION_COLUMNS = `
  vehicle text not null,
  ts timestamptz not null,
  lat double precision not null,
  lon double precision not null,
  bearing real,
  speed_mps real,
  trip text,
  occupancy smallint,
  constraint vehicle_position_vehicle_ts unique (vehicle, ts)`;

const columnsOf = (table: SeriesTable) => {
  if (table === READING) return READING_COLUMNS;
  return table === VEHICLE_POSITION ? POSITION_COLUMNS : rollupColumns(table.name);
};

const createPartitioned = async (database: Queryable, table: SeriesTable): Promise<void> => {
  await database.query(`create table ${table.name} (${columnsOf(table)}) partition by range (${table.time})`);
};

const createHypertable = async (database: Queryable, table: SeriesTable): Promise<void> => {
  await database.query(`create table ${table.name} (${columnsOf(table)})`);
  await database.query(
    `select create_hypertable('${table.name}', '${table.time}',
       chunk_time_interval => interval '${table.chunkDays} days', create_default_indexes => false)`,
  );
};

/** Creates the series of readings in the form of the tier. Columns are the same on all of them. */
export const createSeries = async (database: Queryable, tier: Tier): Promise<void> => {
  for (const statement of LOGS) await database.query(statement);
  if (tier === 'postgresql') {
    for (const table of READING_TABLES) await createPartitioned(database, table);
    return;
  }
  await createHypertable(database, READING);
  if (tier === 'timescaledb_community') {
    await createContinuousAggregates(database);
    await enableColumnstore(database);
  } else {
    for (const table of ROLLUP_TABLES) await createHypertable(database, table);
  }
};

/** Creates the series of vehicles' positions, with an index for what all of them did lately. */
export const createPositions = async (database: Queryable, tier: Tier): Promise<void> => {
  await (tier === 'postgresql' ? createPartitioned : createHypertable)(database, VEHICLE_POSITION);
  await database.query('create index vehicle_position_ts on vehicle_position (ts)');
};
