import { CommandOutcomeEntity } from './command-outcome.js';
import { DeliveryEntity } from './delivery.js';
import { EventClockEntity } from './event-clock.js';
import { ForecastRunEntity } from './forecast-run.js';
import { ForecastValueEntity } from './forecast-value.js';
import { GatewayEntity } from './gateway.js';
import { IngestTotalEntity } from './ingest-total.js';
import { LedgerDayEntity } from './ledger-day.js';
import { OverrideEntity } from './override.js';
import { PlanEntity } from './plan.js';
import { PlanEventEntity } from './plan-event.js';
import { PlanSequenceEntity } from './plan-sequence.js';
import { PointEntity } from './point.js';
import { SessionStateEntity } from './session-state.js';
import { SimulationDayEntity } from './simulation-day.js';
import { SimulationRunEntity } from './simulation-run.js';
import { StateEntity } from './state.js';
import { TripEntity } from './trip.js';
import { VenueEntity } from './venue.js';

/** The relational side. The series (reading, its rollups, rejected_message, rollup_pending) are SQL in migrations. */
export const entities = [
  VenueEntity,
  GatewayEntity,
  DeliveryEntity,
  PointEntity,
  PlanEntity,
  PlanEventEntity,
  PlanSequenceEntity,
  OverrideEntity,
  CommandOutcomeEntity,
  TripEntity,
  ForecastRunEntity,
  ForecastValueEntity,
  StateEntity,
  SessionStateEntity,
  EventClockEntity,
  IngestTotalEntity,
  SimulationRunEntity,
  SimulationDayEntity,
  LedgerDayEntity,
];
