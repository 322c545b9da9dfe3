import { advance, type Alarm, type AlarmInputs, evaluateConditions } from '#libs/alarms';
import type { EnergyViolation } from '#libs/energy';
import { listConnections, type Pack } from '#libs/games';
import type { EpochMs } from '#libs/kernel';

import { behindFeeders } from './behind-feeders.js';

/** Conditions of live operation that a simulated day has no counterpart of. */
const NOT_SIMULATED = {
  readings: [],
  plans: [],
  gateways: [],
  points: [],
  clocks: [],
  losses: [],
  vehicles: [],
  lines: [],
  speed: 1,
} satisfies Partial<AlarmInputs>;

/** Alarms of feeders, connections and of limits that the energy plan cannot hold, by the rules of live operation. */
export class AlarmWatch {
  #standing: readonly Alarm[] = [];
  #raised = 0;
  readonly #behind: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly pack: Pack) {
    this.#behind = behindFeeders(pack);
  }

  /** `gridKw`: mean power of the last minute by venue and its connections, positive while importing. */
  look(
    now: EpochMs,
    gridKw: ReadonlyMap<string, ReadonlyMap<string, number>>,
    violations: readonly EnergyViolation[],
  ): void {
    const { feeders, venues, games } = this.pack;
    const flows = new Map([...gridKw.values()].flatMap((connections) => [...connections]));
    const conditions = evaluateConditions({
      ...NOT_SIMULATED,
      time_zone: games.time_zone,
      feeders: feeders.map(({ id, name, limit_kw }) => ({
        id,
        name,
        limit_kw,
        load_kw: (this.#behind.get(id) ?? []).reduce((sum, connection) => sum + (flows.get(connection) ?? 0), 0),
      })),
      venues: venues.map((venue) => {
        const { id, name, grid } = venue;
        const own = gridKw.get(id) ?? new Map<string, number>();
        const closed = listConnections(venue).filter((connection) => own.has(connection.id));
        return {
          id,
          name,
          import_kw: [...own.values()].reduce((sum, kw) => sum + kw, 0),
          import_limit_kw:
            closed.reduce((sum, { import_limit_kw }) => sum + import_limit_kw, 0) || grid.import_limit_kw,
        };
      }),
      violations: violations.map(({ limit, at, worst_kw, from_ms }) => ({ limit, at, at_name: at, worst_kw, from_ms })),
    });
    const before = new Set(this.#standing.map(({ id }) => id));
    this.#standing = advance(this.#standing, conditions, now);
    this.#raised += this.#standing.filter(({ id }) => !before.has(id)).length;
  }

  get raised(): number {
    return this.#raised;
  }
}
