import type { EpochMs } from '#libs/kernel';
import { departureOverrides, type OverrideRule } from './override.js';

/** A departure of a dispatch plan. */
export interface PlannedDeparture {
  readonly line: string;
  readonly pattern: string;
  readonly departs_ms: number;
  readonly vehicle: string;
}

export interface FleetRules {
  readonly vehicles: readonly string[];
  /** A line's pattern, and the time from a departure until its vehicle can depart again, ms. */
  readonly lines: ReadonlyMap<string, { readonly pattern: string; readonly cycleMs: number }>;
}

export interface EffectiveDepartures {
  /** In time order; no vehicle is in two places. */
  readonly departures: readonly PlannedDeparture[];
  /** Departures that no vehicle can make, each with the reason. */
  readonly dropped: readonly { readonly line: string; readonly departs_ms: number; readonly reason: string }[];
}

/**
 * The departures after `now` that really are to be made: the plan's, without those that people cancelled, with those that people added.
 * A departure keeps its vehicle when that is free, else takes the first free one; `underWay` are departures that have left.
 * People's additions are placed last, so that they never take a vehicle from the plan.
 */
export const effectiveDepartures = (
  planned: readonly PlannedDeparture[],
  overrides: readonly OverrideRule[],
  underWay: readonly PlannedDeparture[],
  fleet: FleetRules,
  now: EpochMs,
): EffectiveDepartures => {
  const words = departureOverrides(overrides, now);
  const isSaid = (
    action: 'add' | 'cancel',
    departure: { readonly line: string; readonly departs_ms: number },
  ): boolean =>
    words.some(
      ({ target }) =>
        target.action === action && target.line === departure.line && target.departs_ms === departure.departs_ms,
    );
  const kept = planned.filter((departure) => departure.departs_ms > now && !isSaid('cancel', departure));
  const added = words
    .filter(({ target }) => target.action === 'add' && target.departs_ms > now)
    .filter(({ target }) => !kept.some((d) => d.line === target.line && d.departs_ms === target.departs_ms))
    .map(({ target }) => ({ ...target, pattern: fleet.lines.get(target.line)?.pattern ?? '', vehicle: '' }));

  const roster = new Roster(fleet, underWay);
  const departures: PlannedDeparture[] = [];
  const dropped: { line: string; departs_ms: number; reason: string }[] = [];
  for (const { line, pattern, departs_ms, vehicle } of [...kept.toSorted(byTime), ...added.toSorted(byTime)]) {
    const taken = roster.take(line, departs_ms, vehicle);
    if (taken.vehicle === undefined) dropped.push({ line, departs_ms, reason: taken.reason });
    else departures.push({ line, pattern, departs_ms, vehicle: taken.vehicle });
  }
  return { departures: departures.sort(byTime), dropped };
};

/** Those of the departures that the plan does not know: people added them. */
export const addedDepartures = (
  planned: readonly PlannedDeparture[],
  departures: readonly PlannedDeparture[],
): readonly PlannedDeparture[] => {
  const known = new Set(planned.map(({ line, departs_ms }) => `${departs_ms} ${line}`));
  return departures.filter(({ line, departs_ms }) => !known.has(`${departs_ms} ${line}`));
};

const byTime = (a: { readonly departs_ms: number }, b: { readonly departs_ms: number }): number =>
  a.departs_ms - b.departs_ms;

/** Who is under way when. */
class Roster {
  private readonly busy = new Map<string, { readonly start: number; readonly end: number }[]>();

  constructor(
    private readonly fleet: FleetRules,
    underWay: readonly PlannedDeparture[],
  ) {
    for (const { line, departs_ms, vehicle } of underWay) this.mark(vehicle, departs_ms, this.cycleOf(line) ?? 0);
  }

  take(
    line: string,
    departsMs: number,
    preferred: string,
  ): { readonly vehicle: string } | { readonly vehicle: undefined; readonly reason: string } {
    const cycleMs = this.cycleOf(line);
    if (cycleMs === undefined) return { vehicle: undefined, reason: `Line ${line} is unknown.` };
    const vehicle = [preferred, ...this.fleet.vehicles].find(
      (name) => this.fleet.vehicles.includes(name) && this.isFree(name, departsMs, departsMs + cycleMs),
    );
    if (vehicle === undefined)
      return { vehicle, reason: `All ${this.fleet.vehicles.length} vehicles are under way then.` };
    this.mark(vehicle, departsMs, cycleMs);
    return { vehicle };
  }

  private cycleOf(line: string): number | undefined {
    return this.fleet.lines.get(line)?.cycleMs;
  }

  private isFree(vehicle: string, start: number, end: number): boolean {
    return (this.busy.get(vehicle) ?? []).every((trip) => end <= trip.start || trip.end <= start);
  }

  private mark(vehicle: string, start: number, cycleMs: number): void {
    const trips = this.busy.get(vehicle) ?? [];
    trips.push({ start, end: start + cycleMs });
    this.busy.set(vehicle, trips);
  }
}
