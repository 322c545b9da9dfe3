import { Inject, Injectable } from '@nestjs/common';
import { epochMs, type EpochMs, MINUTE_MS } from '#libs/kernel';
import type { PositionRow } from '#libs/store';
import type { VehicleLocation } from '#libs/transport';

import { CONTEXT, type PlatformContext } from '../../context.js';
import type { LiveInputs, LiveTransport } from './live-transport.js';

/** Older positions are not shown anyway. */
const LOOK_BACK_MS = 10 * MINUTE_MS;

/** The departure in a vehicle's own words, `<pattern>@<departure, epoch ms>`. */
const departureOf = (trip: string | null): VehicleLocation['departure'] => {
  const [, pattern, departs] = /^(.+)@(\d{1,15})$/.exec(trip ?? '') ?? [];
  return pattern === undefined ? undefined : { pattern, departs_ms: Number(departs) };
};

/** A position as the feeds want it. */
export const locationOf = ({ bearing, speed_mps, trip, occupancy, ...row }: PositionRow): VehicleLocation => {
  const departure = departureOf(trip);
  return {
    ...row,
    ...(bearing !== null && { bearing }),
    ...(speed_mps !== null && { speed_mps }),
    ...(departure && { departure }),
    ...(occupancy !== null && { aboard: occupancy }),
  };
};

/** The live picture as far as the vehicles themselves tell it: where each is, and on which departure. */
@Injectable()
export class StoredPositions implements LiveTransport {
  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  async read(now: EpochMs): Promise<LiveInputs> {
    const rows = await this.context.store.positions.latest(epochMs(now - LOOK_BACK_MS), epochMs(now + 1));
    return { locations: rows.map(locationOf), predictions: [] };
  }
}
