import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  alarmPriorities,
  commandKinds,
  commandOutcomes,
  messageOutcomes,
  planKinds,
  planStates,
  readingOutcomes,
  vehicleStates,
} from './labels.js';

/** Refused by `promtool check metrics`: gauges that are named like counters. */
const MISNAMED_DEFAULTS = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/**
 * Every metric of the platform, in base units, each a typed field of a registry of its own. Each role sets its own.
 * Single sensor values belong in SQL, not in labels.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #own = { registers: [this.#registry] };

  readonly ingestMessages = new Counter({
    ...this.#own,
    name: 'venueflow_ingest_messages_total',
    help: 'Messages from gateways by what became of them',
    labelNames: ['outcome'] as const,
  });
  readonly ingestReadings = new Counter({
    ...this.#own,
    name: 'venueflow_ingest_readings_total',
    help: 'Readings from gateways by what became of them',
    labelNames: ['outcome'] as const,
  });
  readonly ingestDelay = new Histogram({
    ...this.#own,
    name: 'venueflow_ingest_delay_seconds',
    help: 'Wall time from the arrival of a message to its commit',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  readonly ingestBatchRows = new Histogram({
    ...this.#own,
    name: 'venueflow_ingest_batch_rows',
    help: 'Readings in each batch written to the database',
    buckets: [1, 10, 50, 100, 500, 1_000, 2_000, 5_000],
  });
  readonly solveDuration = new Histogram({
    ...this.#own,
    name: 'venueflow_solve_duration_seconds',
    help: 'Wall time of one plan from problem to plan',
    labelNames: ['kind'] as const,
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  readonly solveGap = new Gauge({
    ...this.#own,
    name: 'venueflow_solve_gap_ratio',
    help: 'Relative gap between the last plan and its proven bound',
    labelNames: ['kind'] as const,
  });
  readonly planAge = new Gauge({
    ...this.#own,
    name: 'venueflow_plan_age_seconds',
    help: 'Event time since the active plan was made',
    labelNames: ['kind'] as const,
  });
  readonly planState = new Counter({
    ...this.#own,
    name: 'venueflow_plan_state_total',
    help: 'Transitions of plans by the state entered',
    labelNames: ['kind', 'state'] as const,
  });
  /** Directions: see `powerDirections`. */
  readonly sitePower = new Gauge({
    ...this.#own,
    name: 'venueflow_site_power_watts',
    help: 'Latest measured power of a venue by direction',
    labelNames: ['venue', 'direction'] as const,
  });
  readonly feederLoading = new Gauge({
    ...this.#own,
    name: 'venueflow_feeder_loading_ratio',
    help: 'Measured load of a feeder over its limit',
    labelNames: ['feeder'] as const,
  });
  readonly commandOutcome = new Counter({
    ...this.#own,
    name: 'venueflow_command_outcome_total',
    help: 'Results that gateways and vehicles reported for setpoints and orders',
    labelNames: ['kind', 'outcome'] as const,
  });
  readonly lineWait = new Gauge({
    ...this.#own,
    name: 'venueflow_line_wait_seconds',
    help: 'Mean wait for a line in the active plan',
    labelNames: ['line'] as const,
  });
  readonly stopQueue = new Gauge({
    ...this.#own,
    name: 'venueflow_stop_queue_passengers',
    help: 'Passengers estimated to wait at a stop',
    labelNames: ['stop'] as const,
  });
  readonly forecastError = new Gauge({
    ...this.#own,
    name: 'venueflow_forecast_error_ratio',
    help: 'Mean absolute error of a forecast over the mean of what came',
    labelNames: ['series'] as const,
  });
  readonly alarmsActive = new Gauge({
    ...this.#own,
    name: 'venueflow_alarms_active',
    help: 'Alarms that stand now, by priority',
    labelNames: ['priority'] as const,
  });
  /** States: see `vehicleStates`. */
  readonly vehicles = new Gauge({
    ...this.#own,
    name: 'venueflow_vehicles',
    help: 'Vehicles of the live picture by what they do and what is wrong with them; one vehicle may be in several states',
    labelNames: ['state'] as const,
  });
  readonly predictionError = new Histogram({
    ...this.#own,
    name: 'venueflow_prediction_error_seconds',
    help: 'Distance of predicted arrivals from what came, in event time, by whether it lay within its band',
    labelNames: ['inside'] as const,
    buckets: [5, 10, 20, 30, 60, 90, 120, 180, 300, 600],
  });
  readonly cycleSkipped = new Counter({
    ...this.#own,
    name: 'venueflow_cycle_skipped_total',
    help: 'Planning cycles left out because the one before was still running',
    labelNames: ['kind'] as const,
  });
  readonly cycleFailed = new Counter({
    ...this.#own,
    name: 'venueflow_cycle_failed_total',
    help: 'Planning cycles that ended without a plan because something is broken',
    labelNames: ['kind'] as const,
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED_DEFAULTS) this.#registry.removeSingleMetric(name);
    this.#startAtZero();
  }

  /** Media type of `text()`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The exposition text that Prometheus scrapes. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** A counter that starts at its first event has no rate for it: those with known labels start at 0. */
  #startAtZero(): void {
    for (const outcome of messageOutcomes) this.ingestMessages.inc({ outcome }, 0);
    for (const outcome of readingOutcomes) this.ingestReadings.inc({ outcome }, 0);
    for (const state of vehicleStates) this.vehicles.set({ state }, 0);
    for (const inside of ['yes', 'no']) this.predictionError.zero({ inside });
    for (const priority of alarmPriorities) this.alarmsActive.set({ priority }, 0);
    for (const kind of planKinds) {
      this.solveDuration.zero({ kind });
      this.cycleSkipped.inc({ kind }, 0);
      this.cycleFailed.inc({ kind }, 0);
      for (const state of planStates) this.planState.inc({ kind, state }, 0);
    }
    for (const kind of commandKinds)
      for (const outcome of commandOutcomes) this.commandOutcome.inc({ kind, outcome }, 0);
  }
}
