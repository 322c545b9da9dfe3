import type { RoadLink, VehicleType, Weather } from '#libs/games';
import { type EpochMs, toCivil } from '#libs/kernel';
import { type ClosedTime, type Closure, closedTimes } from './closures.js';
import type { RoadGraph } from './graph.js';
import { at } from './node-queue.js';
import { travelSeconds } from './speed-profile.js';

/** What roads ask of a vehicle: a type of the pack has it. What is absent is not limited; absent chains and permits are none. */
export type RoadVehicle = Partial<Pick<VehicleType, 'height_m' | 'weight_t' | 'chains' | 'permits'>>;

/** When, in what, through what. */
export interface RoadSituation {
  readonly at: EpochMs;
  /** Absent: one that may go everywhere but where a permit is needed. */
  readonly vehicle?: RoadVehicle;
  /** Absent: clear. */
  readonly weather?: Weather;
  readonly closures?: readonly Closure[];
}

/** The roads of one situation. Times are seconds from its `at`. */
export interface Conditions {
  readonly graph: RoadGraph;
  /** By arc: 0 always open, 1 closed at times, 2 never for this vehicle. */
  readonly access: Uint8Array;
  readonly closed: ReadonlyMap<number, readonly ClosedTime[]>;
  /** Free speed's factor by weather. */
  readonly weatherFactor: number;
  /** Seconds of the civil day at 0. */
  readonly startOfDayS: number;
}

/** The hour of a journey is civil time with the offset of its start: where clocks change under way, it goes by the old time to its end. */
export const conditionsOf = (graph: RoadGraph, situation: RoadSituation): Conditions => {
  const { at: start, vehicle = {}, weather, closures = [] } = situation;
  const barred = graph.links.map((link) => isBarred(link, vehicle, weather));
  const closed = closedTimes(graph, closures, start);
  return {
    graph,
    access: Uint8Array.from(graph.arcLink, (link, arc) => (barred[link] ? 2 : closed.has(arc) ? 1 : 0)),
    closed,
    weatherFactor: (weather && graph.weather[weather]) ?? 1,
    startOfDayS: (toCivil(graph.timeZone, start) / 1000) % 86_400,
  };
};

/** The vehicle may enter the arc at this time. */
export const isOpen = ({ access, closed }: Conditions, arc: number, time: number): boolean => {
  const kind = at(access, arc);
  if (kind !== 1) return kind === 0;
  return !closed.get(arc)?.some(({ fromS, untilS }) => fromS <= time && time < untilS);
};

/** Seconds for a share of an arc, entered at this time. */
export const arcSeconds = (conditions: Conditions, arc: number, share: number, time: number): number => {
  const { graph, weatherFactor, startOfDayS } = conditions;
  const profile = graph.profiles[at(graph.arcProfile, arc)];
  if (!profile) throw new Error(`Arc ${arc} has no speed profile.`);
  return travelSeconds(profile, (share * at(graph.arcFreeS, arc)) / weatherFactor, startOfDayS + time);
};

const isBarred = (link: RoadLink, vehicle: RoadVehicle, weather: Weather | undefined): boolean =>
  (link.maxHeightM !== undefined && (vehicle.height_m ?? 0) > link.maxHeightM) ||
  (link.maxWeightT !== undefined && (vehicle.weight_t ?? 0) > link.maxWeightT) ||
  (link.chains && weather === 'snow' && !vehicle.chains) ||
  (link.permit !== undefined && !vehicle.permits?.includes(link.permit));
