import { type EpochMs, MINUTE_MS } from '#libs/kernel';
import { departureOverrides, type OverrideRule, vehiclesOut } from './override.js';

/** A departure of a dispatch plan. */
export interface PlannedDeparture {
  readonly line: string;
  readonly pattern: string;
  readonly departs_ms: number;
  readonly vehicle: string;
}

/** What a pattern asks of a vehicle. */
export interface PatternRules {
  readonly line: string;
  readonly from_place: string;
  readonly to_place: string;
  /** From departure until the vehicle may depart again, ms. */
  readonly busyMs: number;
}

export interface FleetRules {
  /** From when the plan decides, ms. What leaves before keeps its vehicle: nobody can be told in time. */
  readonly startMs: number;
  /** Its departures leave this apart or a multiple of it, ms. */
  readonly slotMs: number;
  /** Where each vehicle stands when the plan begins, from when it is ready and, where somebody's hours end, until when; ms. */
  readonly vehicles: ReadonlyMap<
    string,
    { readonly place: string; readonly readyMs: number; readonly untilMs?: number }
  >;
  /** By pattern. */
  readonly patterns: ReadonlyMap<string, PatternRules>;
  /** The pattern that people's additions drive, by line. */
  readonly main: ReadonlyMap<string, string>;
  /** Time of an empty ride between two places, 0 at the same one, undefined where there is none; ms. */
  readonly emptyMs: (from: string, to: string) => number | undefined;
}

export interface EffectiveDepartures {
  /** In time order; no vehicle is in two places. */
  readonly departures: readonly PlannedDeparture[];
  /** Departures that no vehicle can make, each with the reason. */
  readonly dropped: readonly { readonly line: string; readonly departs_ms: number; readonly reason: string }[];
}

/**
 * The departures after `since` that really are to be made: the plan's, without those that people cancelled, with those that people added, by what people say `now`.
 * A departure keeps its vehicle when that can drive it, else takes the first that can; `underWay` are departures that have left.
 * People's additions are placed last, so that they never take a vehicle from the plan.
 */
export const effectiveDepartures = (
  planned: readonly PlannedDeparture[],
  overrides: readonly OverrideRule[],
  underWay: readonly PlannedDeparture[],
  fleet: FleetRules,
  now: EpochMs,
  since: EpochMs = now,
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
  const kept = planned.filter((departure) => departure.departs_ms > since && !isSaid('cancel', departure));
  const added = words
    .filter(({ target }) => target.action === 'add' && target.departs_ms > since)
    .filter(({ target }) => !kept.some((d) => d.line === target.line && d.departs_ms === target.departs_ms))
    .map(({ target }) => ({ ...target, pattern: fleet.main.get(target.line) ?? '', vehicle: '' }));

  const roster = new Roster(fleet, underWay, vehiclesOut(overrides, now));
  const departures: PlannedDeparture[] = [];
  const dropped: { line: string; departs_ms: number; reason: string }[] = [];
  for (const { line, pattern, departs_ms, vehicle } of [...kept.toSorted(byTime), ...added.toSorted(byTime)]) {
    const taken = roster.take({ line, pattern, departs_ms, vehicle });
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

interface Trip {
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
}

/** Who is where when. */
class Roster {
  private readonly trips = new Map<string, Trip[]>();

  constructor(
    private readonly fleet: FleetRules,
    underWay: readonly PlannedDeparture[],
    /** Vehicles that cannot drive. */
    private readonly out: ReadonlySet<string>,
  ) {
    for (const { pattern, departs_ms, vehicle } of underWay) {
      const rules = fleet.patterns.get(pattern);
      if (rules) this.mark(vehicle, tripOf(rules, departs_ms));
    }
  }

  take(
    departure: PlannedDeparture,
  ): { readonly vehicle: string } | { readonly vehicle: undefined; readonly reason: string } {
    const { line, pattern, departs_ms, vehicle: preferred } = departure;
    const rules = this.fleet.patterns.get(pattern);
    if (!rules) return { vehicle: undefined, reason: `Line ${line} is unknown.` };
    const trip = tripOf(rules, departs_ms);
    const isFrozen =
      departs_ms < this.fleet.startMs && preferred !== '' && !this.out.has(preferred) && !this.isBusy(preferred, trip);
    const vehicle = isFrozen
      ? preferred
      : [preferred, ...this.fleet.vehicles.keys()].find((name) => this.canDrive(name, trip));
    if (vehicle === undefined) {
      const reason = `None of ${this.fleet.vehicles.size} vehicles can be at its first stop then.`;
      return { vehicle, reason: `${reason}${this.adviceOn(departs_ms)}` };
    }
    this.mark(vehicle, trip);
    return { vehicle };
  }

  /** In time for this trip from the one before, and from this one for the one after. */
  private canDrive(name: string, trip: Trip): boolean {
    const known = this.fleet.vehicles.get(name);
    if (!known || this.out.has(name) || trip.end > (known.untilMs ?? Infinity)) return false;
    const own = this.trips.get(name) ?? [];
    const before = own.findLast(({ start }) => start <= trip.start);
    const after = own.find(({ start }) => start > trip.start);
    // What ends before the vehicle is ready is in its place already.
    const [place, ready] =
      before && before.end > known.readyMs ? [before.to, before.end] : [known.place, known.readyMs];
    const arrives = this.reaches(place, ready, trip.from);
    return arrives <= trip.start && (!after || this.reaches(trip.to, trip.end, after.from) <= after.start);
  }

  /** Additions between the slots of the plan are not asked of it. */
  private adviceOn(departs: number): string {
    const { startMs, slotMs } = this.fleet;
    if ((departs - startMs) % slotMs === 0) return '';
    return ` The plan makes room for departures every ${slotMs / MINUTE_MS} minutes from the full hour.`;
  }

  private isBusy(name: string, trip: Trip): boolean {
    return (this.trips.get(name) ?? []).some(({ start, end }) => start < trip.end && trip.start < end);
  }

  /** When a vehicle that is ready somewhere can be ready elsewhere. */
  private reaches(from: string, ready: number, to: string): number {
    return ready + (from === to ? 0 : (this.fleet.emptyMs(from, to) ?? Infinity));
  }

  private mark(vehicle: string, trip: Trip): void {
    const trips = [...(this.trips.get(vehicle) ?? []), trip];
    this.trips.set(
      vehicle,
      trips.sort((a, b) => a.start - b.start),
    );
  }
}

const tripOf = ({ from_place, to_place, busyMs }: PatternRules, departs: number): Trip => ({
  start: departs,
  end: departs + busyMs,
  from: from_place,
  to: to_place,
});
