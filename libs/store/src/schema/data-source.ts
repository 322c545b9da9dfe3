import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { connectionOptions } from '../connection.js';
import { entities } from './entities/index.js';
import { PendingAge1767000004000 } from './migrations/1767000004000-pending-age.js';
import { DispatchPlans1767000006000 } from './migrations/1767000006000-dispatch-plans.js';
import { VehiclePositions1767000007000 } from './migrations/1767000007000-vehicle-positions.js';
import { SessionStates1767000008000 } from './migrations/1767000008000-session-states.js';
import { Simulations1767000009000 } from './migrations/1767000009000-simulations.js';
import { SimulationReplays1767000010000 } from './migrations/1767000010000-simulation-replays.js';
import { Ledger1767000013000 } from './migrations/1767000013000-ledger.js';
import { Relational1767000000000 } from './migrations/1767000000000-relational.js';
import { Series1767000001000 } from './migrations/1767000001000-series.js';
import { DeliveryArrival1767000012000 } from './migrations/1767000012000-delivery-arrival.js';
import { EventTime1767000003000 } from './migrations/1767000003000-event-time.js';
import { IngestState1767000002000 } from './migrations/1767000002000-ingest-state.js';

const RELATIONAL_CONNECTIONS = 4;

/** TypeORM over the same database, for the relational side and for migrations. */
export const connectDataSource = (url: string): Promise<DataSource> => {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations: [
      Relational1767000000000,
      Series1767000001000,
      IngestState1767000002000,
      EventTime1767000003000,
      PendingAge1767000004000,
      DispatchPlans1767000006000,
      VehiclePositions1767000007000,
      SessionStates1767000008000,
      Simulations1767000009000,
      SimulationReplays1767000010000,
      DeliveryArrival1767000012000,
      Ledger1767000013000,
    ],
    migrationsTableName: 'migration',
    poolSize: RELATIONAL_CONNECTIONS,
    // An idle connection that dies is replaced by the pool.
    poolErrorHandler: () => undefined,
    extra: connectionOptions(url),
  }).initialize();
};
