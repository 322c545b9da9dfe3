import { type EpochMs, epochMs, fail, ok, type Result, showValue } from '#libs/kernel';
import { decodeMessage, type Refusal } from './decode-json.js';
import { checkInstant } from './instants.js';
import { positionMessage } from './messages.js';
import { topicLevels } from './topics.js';

/** Where a vehicle says that it is; what it does not say is null. */
export interface DecodedPosition {
  readonly vehicle: string;
  readonly ts: EpochMs;
  readonly lat: number;
  readonly lon: number;
  readonly bearing: number | null;
  readonly speed_mps: number | null;
  readonly trip: string | null;
  readonly occupancy: number | null;
}

/** What a vehicle may be called: ids of a pack and of what drives around with a foreign unit. */
const NAME = /^[\w.:-]{1,64}$/;
const MOST_STRANGERS = 100;

/**
 * Whose positions are taken: the fleet's, and those of at most 100 vehicles that the fleet does not know, so that people see a vehicle that drives under a
 * wrong name and nobody can fill the database with names.
 */
export class VehicleNames {
  readonly #fleet: ReadonlySet<string>;
  readonly #strangers = new Set<string>();

  constructor(fleet: Iterable<string>) {
    this.#fleet = new Set(fleet);
  }

  takes(name: string): boolean {
    if (this.#fleet.has(name) || this.#strangers.has(name)) return true;
    if (!NAME.test(name) || this.#strangers.size >= MOST_STRANGERS) return false;
    this.#strangers.add(name);
    return true;
  }
}

/** Reads one message of a `position` topic. (0, 0) is what a receiver says that has not found itself. Never throws. */
export const decodePosition = (
  topic: string,
  payload: Uint8Array,
  { names, eventNow }: { readonly names: VehicleNames; readonly eventNow: EpochMs },
): Result<DecodedPosition, Refusal> => {
  const [first, vehicle = '', last, ...more] = topicLevels(topic) ?? [];
  if (first !== 'vehicles' || last !== 'position' || more.length > 0)
    return fail({ code: 'unknown_topic', detail: `${showValue(topic)} is no position topic` });
  const decoded = decodeMessage(positionMessage, payload);
  if (!decoded.ok) return decoded;
  const { ts, lat, lon, bearing, speed_mps, trip, occupancy } = decoded.value;
  if (lat === 0 && lon === 0) return fail({ code: 'no_position', detail: 'the receiver has not found itself (0, 0)' });
  const refusal = checkInstant(ts, eventNow);
  if (refusal) return fail(refusal);
  if (trip?.includes('\0')) return fail({ code: 'wrong_shape', detail: 'trip: holds a NUL' });
  if (!names.takes(vehicle))
    return fail({ code: 'unknown_vehicle', detail: `the pack has no vehicle ${showValue(vehicle)}` });
  return ok({
    vehicle,
    ts: epochMs(ts),
    lat,
    lon,
    bearing: bearing ?? null,
    speed_mps: speed_mps ?? null,
    trip: trip ?? null,
    occupancy: occupancy ?? null,
  });
};
