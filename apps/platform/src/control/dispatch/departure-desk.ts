import type { Pack } from '#libs/games';
import { epochMs, type EpochMs } from '#libs/kernel';
import {
  type EffectiveDepartures,
  effectiveDepartures,
  isFresh,
  type OverrideRule,
  type Plan,
  type PlannedDeparture,
} from '#libs/planning';
import type { OperationsStore, TripRow } from '#libs/store';
import { DEPARTURE_MEMORY_MS, type DispatchContent, type DispatchProblem, type Feed } from '#libs/transport';
import { fleetRulesOf } from './fleet-rules.js';
import { timetableTrips } from './timetable-trips.js';

export type StoredDispatchPlan = Plan<DispatchProblem, DispatchContent>;

/** Knows what has left, and from the active plan and people's overrides what is to leave. */
export class DepartureDesk {
  /** Departures of the last hours, in the order in which they were noted. */
  private trips: readonly TripRow[] = [];
  private notedUpTo: EpochMs = epochMs(0);

  constructor(private readonly store: Pick<OperationsStore, 'addTrips' | 'listTrips'>) {}

  /** Takes up where the last leader left off. What passed while no plan was in force went by the timetable. */
  async start(pack: Pack, feed: Feed, active: StoredDispatchPlan | undefined, now: EpochMs): Promise<void> {
    const since = epochMs(now - DEPARTURE_MEMORY_MS);
    this.trips = await this.store.listTrips(since, epochMs(now + 1));
    this.notedUpTo = epochMs(this.trips.reduce((latest, { departs }) => Math.max(latest, departs), Number(since)));
    if (active && isFresh(active, now)) return;
    await this.note(timetableTrips(pack, feed, epochMs(this.notedUpTo + 1), now), now);
  }

  get recent(): readonly TripRow[] {
    return this.trips;
  }

  /** The last trip of each vehicle that left: it is on it, or stands where it ended. One that heard nothing before drives the timetable. */
  get last(): readonly PlannedDeparture[] {
    const last = new Map<string, PlannedDeparture>();
    for (const { departs, ...trip } of this.trips) {
      if (departs >= (last.get(trip.vehicle)?.departs_ms ?? 0))
        last.set(trip.vehicle, { line: trip.line, pattern: trip.pattern, vehicle: trip.vehicle, departs_ms: departs });
    }
    return [...last.values()];
  }

  /** What is to leave after the last look; of a plan that has run out, nothing. */
  upcoming(
    active: StoredDispatchPlan | undefined,
    overrides: readonly OverrideRule[],
    now: EpochMs,
  ): EffectiveDepartures {
    if (!active || !isFresh(active, now)) return { departures: [], dropped: [] };
    const underWay = this.trips.map(({ departs, ...trip }) => ({ ...trip, departs_ms: departs }));
    return effectiveDepartures(
      active.content.departures,
      overrides,
      underWay,
      fleetRulesOf(active.problem),
      now,
      this.notedUpTo,
    );
  }

  /** Writes down the departures whose time has come; the others are returned. */
  async depart(
    plan: string,
    departures: readonly PlannedDeparture[],
    now: EpochMs,
  ): Promise<readonly PlannedDeparture[]> {
    const left = departures.filter(({ departs_ms }) => departs_ms <= now);
    await this.note(
      left.map(({ line, pattern, vehicle, departs_ms }) => ({
        line,
        pattern,
        vehicle,
        departs: epochMs(departs_ms),
        plan,
      })),
      now,
    );
    return departures.filter(({ departs_ms }) => departs_ms > now);
  }

  private async note(trips: readonly TripRow[], now: EpochMs): Promise<void> {
    if (trips.length > 0) await this.store.addTrips(trips);
    this.trips = [...this.trips, ...trips].filter(({ departs }) => departs > now - DEPARTURE_MEMORY_MS);
    this.notedUpTo = now;
  }
}
