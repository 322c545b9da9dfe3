import type { Occupancy, VehicleReport } from './contract.js';

export interface Capacity {
  readonly seats: number;
  /** Places to stand. */
  readonly standing: number;
}

/** Up to these shares of the seats there are many free, and then few. */
const MANY_FREE = 0.5;
const FEW_FREE = 0.95;
/** From this share of the places to stand it is crushed. */
const CRUSHED = 0.8;

/** What a number of people aboard says to somebody who waits. */
export const occupancyOf = (
  aboard: number,
  { seats, standing }: Capacity,
): Required<Pick<VehicleReport, 'occupancy' | 'occupancy_percent'>> => ({
  occupancy: statusOf(Math.max(0, aboard), seats, standing),
  occupancy_percent: Math.round((100 * Math.max(0, aboard)) / (seats + standing)),
});

const statusOf = (aboard: number, seats: number, standing: number): Occupancy => {
  if (aboard === 0) return 'empty';
  if (aboard >= seats + standing) return 'full';
  if (aboard <= seats * MANY_FREE) return 'many_seats_available';
  if (aboard <= seats * FEW_FREE) return 'few_seats_available';
  return aboard < seats + standing * CRUSHED ? 'standing_room_only' : 'crushed_standing_room_only';
};
