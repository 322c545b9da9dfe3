import type { Random } from '#libs/kernel';
import type { PatternProblem, Ride, UnderWay, Vehicle, VehicleType } from '../problem/problem.js';
import { drawBetween, drawOne, drawWhole, roundTo } from './draws.js';
import type { Geography } from './geography.js';
import type { Line } from './lines.js';
import { wantedDepartures } from './timetable.js';

export type FleetSize = 'tight' | 'loose';

const BATTERY = { capacity_kwh: 440, reserve_kwh: 40, kwh_per_km: 1.3, charging_kw: 150 };

export const VEHICLE_TYPES: readonly VehicleType[] = [
  { id: 'standard', seats: 35, standing: 35, accessible: 2, cost_per_hour: 65, cost_per_km: 0.9 },
  { id: 'articulated', seats: 48, standing: 62, accessible: 2, cost_per_hour: 75, cost_per_km: 1.2 },
  {
    id: 'electric',
    seats: 33,
    standing: 37,
    accessible: 2,
    cost_per_hour: 65,
    cost_per_km: 0.5,
    battery: BATTERY,
  },
];

/** Vehicles that would be on the road at the busiest time if there were enough: each line for itself, out as often as back. */
export const wantedFleet = (
  lines: readonly { readonly line: Line; readonly rides: readonly Ride[] }[],
  slots: number,
): number => {
  const busy = new Array<number>(slots).fill(0);
  for (const { line, rides } of lines) {
    const round = line.out.busy_slots + line.back.busy_slots;
    const [out, back] = [line.out, line.back].map((way) => wantedDepartures(rides, way, slots));
    for (let slot = 0; slot < slots; slot += 1) {
      const within = (wanted: readonly number[] = []): number =>
        wanted.slice(Math.max(0, slot + 1 - round), slot + 1).reduce((sum, value) => sum + value, 0);
      busy[slot] = (busy[slot] ?? 0) + Math.max(within(out), within(back), 1);
    }
  }
  return Math.max(1, ...busy);
};

interface FleetInputs {
  readonly geography: Geography;
  readonly patterns: readonly PatternProblem[];
  readonly count: number;
  readonly lines: number;
  readonly slots: number;
}

/** Vehicles at termini and depots; some still on a trip, some with the driver's hours near their end, some electric ones low, some in reserve. */
export const drawFleet = (
  random: Random,
  { geography, patterns, count, lines, slots }: FleetInputs,
): { readonly vehicles: readonly Vehicle[]; readonly underWay: readonly UnderWay[] } => {
  // The end of a shift, for all whose shift ends.
  const end = Math.max(Math.floor(slots / 4) + 1, drawWhole(random, Math.floor(slots * 0.5), Math.floor(slots * 0.8)));
  const termini = patterns.map(({ from_place }) => from_place);
  const depots = geography.depots.map(({ id }) => id);
  const at = (places: readonly string[]): string => places[Math.floor(random() * places.length)] ?? '';
  const underWay: UnderWay[] = [];
  // Each of them is a class of its own for who plans.
  let low = Math.min(3, Math.ceil(lines / 40));
  const vehicles = Array.from({ length: count }, (_, index): Vehicle => {
    const id = `bus-${index + 1}`;
    // A few electric ones where the horizon is longer than a battery lasts: each would be watched.
    const type = drawOne(
      random,
      'standard',
      'standard',
      'standard',
      'articulated',
      slots > 72 ? 'standard' : 'electric',
    );
    const drawn = random();
    if (drawn < 0.04) {
      const callOut = { call_out_cost: 150 };
      return { id, type: 'standard', place: at(depots), ready_slot: 0, ...callOut };
    }
    const until = type === 'standard' && drawn < 0.12 ? { until_slot: end } : {};
    const charge =
      type === 'electric' && low > 0 ? { charge_kwh: roundTo(drawBetween(random, 55, 110), 1) } : undefined;
    if (charge) low -= 1;
    const place = random() < 0.3 ? at(depots) : at(termini);
    const trip = random() < 0.2 ? patterns[Math.floor(random() * patterns.length)] : undefined;
    if (trip && allows(trip, type) && trip.busy_slots > 1) {
      const slot = -drawWhole(random, 1, trip.busy_slots - 1);
      const ready = slot + trip.busy_slots;
      if (ready < Math.min(slots, until.until_slot ?? slots)) {
        underWay.push({ pattern: trip.pattern, vehicle: id, type, slot });
        return { id, type, place: trip.to_place, ready_slot: ready, ...until, ...charge };
      }
    }
    // Drivers come on duty.
    const later = random() < 0.08 ? drawWhole(random, 1, Math.max(1, Math.floor(slots / 4))) : 0;
    return { id, type, place, ready_slot: later < slots ? later : 0, ...until, ...charge };
  });
  return { vehicles, underWay };
};

const allows = ({ types }: PatternProblem, type: string): boolean => types?.includes(type) ?? true;
