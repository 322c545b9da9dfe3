import { listVehicles, type Pack } from '#libs/games';
import { DAY_MS, type EpochMs, epochMs, fromCivil, MINUTE_MS, type SlotGrid, toCivil } from '#libs/kernel';
import type { Block, Departure } from '../problem/plan.js';
import type { DispatchProblem, Vehicle } from '../problem/problem.js';
import { placeOfDepot } from './sites.js';

/** Where a vehicle is, or will be when it is ready again. */
export interface Whereabouts {
  readonly place: string;
  readonly ready: EpochMs;
  /** In its battery then, kWh; absent: full, or not electric. */
  readonly charge_kwh?: number | undefined;
}

/** What a pattern does to a vehicle that drives it. */
export interface PatternDrive {
  readonly to_place: string;
  readonly busyMs: number;
  readonly km: number;
}

/** A trip under way, and when its vehicle will really be ready again. */
export interface LateTrip {
  readonly departs_ms: number;
  readonly ready: EpochMs;
}

/** A departure that has left or certainly will. */
export type Driven = Pick<Departure, 'pattern' | 'vehicle' | 'departs_ms'>;

interface InForce {
  readonly problem: DispatchProblem;
  readonly blocks: readonly Block[];
}

/**
 * Where every vehicle is that anything is known of: from where the plan in force had it, along the deadheads of that plan that begin before `at` and the
 * departures that really left or will by then. A vehicle that is `late` on its trip begins what comes after it later.
 */
export const followVehicles = (
  inForce: InForce | undefined,
  driven: readonly Driven[],
  patterns: ReadonlyMap<string, PatternDrive>,
  pack: Pick<Pack, 'transport'>,
  at: EpochMs,
  late: ReadonlyMap<string, LateTrip> = new Map(),
): ReadonlyMap<string, Whereabouts> => {
  const states = new Map<string, Whereabouts>();
  const useOf = consumption(pack);
  if (inForce) {
    const { grid, vehicles } = inForce.problem;
    for (const { id, place, ready_slot, charge_kwh } of vehicles) {
      states.set(id, { place, ready: epochMs(grid.start + ready_slot * grid.slotMs), charge_kwh });
    }
  }
  const moves = [
    ...(inForce ? movesOf(inForce) : []),
    ...driven.flatMap(({ pattern, vehicle, departs_ms }) => {
      const drive = patterns.get(pattern);
      if (!drive) return [];
      const { to_place, busyMs, km } = drive;
      return [{ vehicle, from_place: undefined, to_place, starts: departs_ms, ends: departs_ms + busyMs, km, kwh: 0 }];
    }),
  ].sort((a, b) => a.starts - b.starts);
  for (const { vehicle, from_place, to_place, starts, ends, km, kwh } of moves) {
    const before = states.get(vehicle);
    // A deadhead that begins where the vehicle is not was for another one; what ends before the vehicle is ready is in its state already.
    if (starts >= at || (from_place !== undefined && from_place !== before?.place)) continue;
    if (before && ends <= before.ready) continue;
    const trip = late.get(vehicle);
    const seen = from_place === undefined && trip?.departs_ms === starts ? trip.ready : ends;
    const held = before ? Math.max(0, before.ready - starts) : 0;
    states.set(vehicle, {
      place: to_place,
      ready: epochMs(Math.max(seen, ends + held)),
      charge_kwh: useOf(vehicle, before?.charge_kwh, km, kwh),
    });
  }
  return states;
};

interface Move {
  readonly vehicle: string;
  /** Undefined: wherever it was. */
  readonly from_place: string | undefined;
  readonly to_place: string;
  readonly starts: number;
  readonly ends: number;
  readonly km: number;
  readonly kwh: number;
}

const movesOf = ({ problem, blocks }: InForce): readonly Move[] => {
  const { grid, deadheads } = problem;
  const at = (slot: number): number => grid.start + slot * grid.slotMs;
  return blocks.flatMap(({ vehicle, activities }) =>
    activities.flatMap((activity): readonly Move[] => {
      const [starts, ends] = [at(activity.slot), at(activity.until_slot)];
      if (activity.kind === 'trip') return [];
      if (activity.kind === 'charge') {
        const { place, kwh } = activity;
        return [{ vehicle, from_place: place, to_place: place, starts, ends, km: 0, kwh }];
      }
      const { from_place, to_place } = activity;
      const km = deadheads.find((one) => one.from_place === from_place && one.to_place === to_place)?.km ?? 0;
      return [{ vehicle, from_place, to_place, starts, ends, km, kwh: 0 }];
    }),
  );
};

/** Charge after a drive, never above the battery's capacity; undefined of vehicles without one. */
const consumption = ({ transport }: Pick<Pack, 'transport'>) => {
  const types = new Map(transport.vehicle_types.map((type) => [type.id, type]));
  const batteries = new Map(listVehicles(transport).map(({ id, group }) => [id, types.get(group.type)?.battery]));
  return (vehicle: string, charge: number | undefined, km: number, kwh: number): number | undefined => {
    const battery = batteries.get(vehicle);
    if (!battery) return undefined;
    const { capacity_kwh, kwh_per_km } = battery;
    return Math.max(0, Math.min(capacity_kwh, (charge ?? capacity_kwh) - km * kwh_per_km + kwh));
  };
};

/**
 * The fleet on a grid: where each vehicle is ready, and for how long its driver's hours or its booking last. Out: those that are off duty, broken down, or not
 * ready within the horizon. A vehicle that nothing is known of stands in its depot.
 */
export const listProblemVehicles = (
  { games, transport }: Pick<Pack, 'games' | 'transport'>,
  grid: SlotGrid,
  known: ReadonlyMap<string, Whereabouts>,
  broken: ReadonlySet<string> = new Set(),
): readonly Vehicle[] => {
  const depots = new Map(transport.depots.map((depot) => [depot.id, placeOfDepot(depot)]));
  const electric = new Set(transport.vehicle_types.flatMap(({ id, battery }) => (battery ? [id] : [])));
  const slotAt = (instant: number): number => (instant - grid.start) / grid.slotMs;
  return listVehicles(transport).flatMap(({ id, group }): readonly Vehicle[] => {
    if (broken.has(id)) return [];
    const state = known.get(id);
    const place = state?.place ?? depots.get(group.depot);
    if (place === undefined) return [];
    const duty = group.duty ? nextDuty(games.time_zone, group.duty, grid.start) : undefined;
    const ready = Math.max(0, Math.ceil(slotAt(Math.max(state?.ready ?? grid.start, duty?.from ?? grid.start))));
    const until = duty ? Math.floor(slotAt(duty.until)) : undefined;
    if (ready >= grid.count || (until !== undefined && until <= ready)) return [];
    return [
      {
        id,
        type: group.type,
        place,
        ready_slot: ready,
        ...(until !== undefined && { until_slot: until }),
        ...(electric.has(group.type) && state?.charge_kwh !== undefined && { charge_kwh: state.charge_kwh }),
        ...(group.call_out_cost !== undefined && !state && { call_out_cost: group.call_out_cost }),
      },
    ];
  });
};

/** The duty under way at `at`, or the next one. `to` before or at `from` is on the next day. */
const nextDuty = (
  timeZone: string,
  { from, to }: { readonly from: string; readonly to: string },
  at: EpochMs,
): { readonly from: EpochMs; readonly until: EpochMs } => {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const length = end > start ? end - start : end - start + 24 * 60;
  const today = Math.floor(toCivil(timeZone, at) / DAY_MS) * DAY_MS;
  for (const day of [today - DAY_MS, today]) {
    const begins = day + start * MINUTE_MS;
    const until = fromCivil(timeZone, begins + length * MINUTE_MS);
    if (until > at) return { from: fromCivil(timeZone, begins), until };
  }
  const begins = today + DAY_MS + start * MINUTE_MS;
  return { from: fromCivil(timeZone, begins), until: fromCivil(timeZone, begins + length * MINUTE_MS) };
};

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};
