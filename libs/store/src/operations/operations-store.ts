import type pg from 'pg';
import { type DataSource, IsNull, MoreThan } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { inTransaction } from '../connection.js';
import type {
  CommandOutcome,
  ForecastRun,
  GatewayState,
  OperationsStore,
  Override,
  RejectedCount,
  SessionState,
  StoredRejection,
  TripRow,
} from '../contract.js';
import { CommandOutcomeEntity } from '../schema/entities/command-outcome.js';
import { EventClockEntity } from '../schema/entities/event-clock.js';
import { OverrideEntity } from '../schema/entities/override.js';
import { StateEntity } from '../schema/entities/state.js';
import { TripEntity } from '../schema/entities/trip.js';
import { listGatewayStates, saveGatewayStates } from './gateway-states.js';
import { toOutcome, toOverride, toTrip } from './operations-rows.js';
import { countRejected, listRejected } from './rejected-messages.js';
import { listSessionStates, saveSessionStates } from './session-states.js';

const MOST_LISTED = 10_000;

export class PostgresOperationsStore implements OperationsStore {
  constructor(
    private readonly pool: pg.Pool,
    private readonly dataSource: DataSource,
  ) {}

  listRejected(limit: number): Promise<readonly StoredRejection[]> {
    return listRejected(this.pool, limit);
  }

  countRejected(since: EpochMs): Promise<readonly RejectedCount[]> {
    return countRejected(this.pool, since);
  }

  saveSessionStates(states: readonly SessionState[]): Promise<void> {
    return saveSessionStates(this.pool, states);
  }

  listSessionStates(since: EpochMs): Promise<readonly SessionState[]> {
    return listSessionStates(this.dataSource, since);
  }

  saveGatewayStates(states: readonly GatewayState[]): Promise<void> {
    return saveGatewayStates(this.pool, states);
  }

  listGatewayStates(): Promise<readonly GatewayState[]> {
    return listGatewayStates(this.dataSource);
  }

  async loadClock(): Promise<{ readonly reservedEventMs: EpochMs } | undefined> {
    const row = await this.dataSource.manager.findOneBy(EventClockEntity, { id: 1 });
    return row ? { reservedEventMs: row.reservedEvent } : undefined;
  }

  async saveClock(reservedEventMs: EpochMs): Promise<void> {
    await this.pool.query(
      `insert into event_clock (id, reserved_event) values (1, $1)
       on conflict (id) do update set reserved_event = greatest(event_clock.reserved_event, excluded.reserved_event)`,
      [new Date(reservedEventMs)],
    );
  }

  async releaseClock(eventMs: EpochMs): Promise<void> {
    await this.dataSource.manager.save(EventClockEntity, { id: 1, reservedEvent: eventMs });
  }

  async addOverride(override: Override): Promise<void> {
    await this.dataSource.manager.insert(OverrideEntity, { ...override });
  }

  async endOverride(id: string, at: EpochMs): Promise<boolean> {
    const { affected } = await this.dataSource.manager.update(OverrideEntity, { id, ended: IsNull() }, { ended: at });
    return affected === 1;
  }

  async listOverrides(at: EpochMs): Promise<readonly Override[]> {
    const rows = await this.dataSource.manager.find(OverrideEntity, {
      where: { until: MoreThan(at), ended: IsNull() },
      order: { from: 'ASC', id: 'ASC' },
      take: MOST_LISTED,
    });
    return rows.map(toOverride);
  }

  /** A report that came before changes nothing. */
  async addOutcomes(outcomes: readonly CommandOutcome[]): Promise<void> {
    await this.pool.query(
      `insert into command_outcome (plan, seq, kind, target, state, reason, measured, at)
       select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[],
         $8::timestamptz[])
       on conflict do nothing`,
      [
        outcomes.map((outcome) => outcome.plan),
        outcomes.map((outcome) => outcome.seq),
        outcomes.map((outcome) => outcome.kind),
        outcomes.map((outcome) => outcome.target),
        outcomes.map((outcome) => outcome.state),
        outcomes.map((outcome) => outcome.reason),
        outcomes.map((outcome) => outcome.measured),
        outcomes.map((outcome) => new Date(outcome.at)),
      ],
    );
  }

  async listOutcomes(plan: string): Promise<readonly CommandOutcome[]> {
    const rows = await this.dataSource.manager.find(CommandOutcomeEntity, {
      where: { plan },
      order: { at: 'ASC', target: 'ASC', state: 'ASC' },
      take: MOST_LISTED,
    });
    return rows.map(toOutcome);
  }

  /** A trip that was added before changes nothing. */
  async addTrips(trips: readonly TripRow[]): Promise<void> {
    await this.pool.query(
      `insert into trip (vehicle, departs, line, pattern, plan)
       select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])
       on conflict do nothing`,
      [
        trips.map((trip) => trip.vehicle),
        trips.map((trip) => new Date(trip.departs)),
        trips.map((trip) => trip.line),
        trips.map((trip) => trip.pattern),
        trips.map((trip) => trip.plan),
      ],
    );
  }

  async listTrips(from: EpochMs, to: EpochMs): Promise<readonly TripRow[]> {
    const rows = await this.dataSource.manager
      .createQueryBuilder(TripEntity, 'trip')
      .where('trip.departs >= :from and trip.departs < :to', { from: new Date(from), to: new Date(to) })
      .orderBy({ 'trip.departs': 'ASC', 'trip.vehicle': 'ASC' })
      .limit(MOST_LISTED)
      .getMany();
    return rows.map(toTrip);
  }

  async saveForecast(run: ForecastRun): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      await client.query('insert into forecast_run (id, made, method) values ($1, $2, $3)', [
        run.id,
        new Date(run.made),
        run.method,
      ]);
      await client.query(
        `insert into forecast_value (run, point_id, ts, value)
         select $1, point_id, to_timestamp(seconds), value
         from unnest($2::integer[], $3::float8[], $4::float8[]) as forecast (point_id, seconds, value)`,
        [
          run.id,
          run.values.map((value) => value.pointId),
          run.values.map((value) => value.ts / 1000),
          run.values.map((value) => value.value),
        ],
      );
    });
  }

  async putState(name: string, document: unknown): Promise<void> {
    await this.pool.query(
      `insert into state (name, document) values ($1, $2::jsonb)
       on conflict (name) do update set document = excluded.document`,
      [name, JSON.stringify(document)],
    );
  }

  async getState(name: string): Promise<unknown> {
    const row = await this.dataSource.manager.findOneBy(StateEntity, { name });
    return row?.document;
  }
}
