import type { DispatchProblem } from './contract.js';
import type { Driving } from './driving.js';

/** A vehicle is out of service for a while. Under way, it finishes its trip first. */
export interface Breakdown {
  readonly vehicle: string;
  /** Seconds after the day's start. */
  readonly at_s: number;
  readonly lasts_s: number;
}

/** A day as it really is. No dispatcher sees it: a dispatcher sees a `ShuttleView`. Seconds are counted from the start of the instance's grid. */
export interface ShuttleDay {
  /** Network, fleet, groups and prices. What its rides say of waiting and arrivals is a forecast, and nothing here. */
  readonly instance: DispatchProblem;
  /** When each person comes, seconds in ascending order; one list a ride, in the order of the instance's rides. */
  readonly comes_s: readonly (readonly number[])[];
  readonly driving: Driving;
  readonly breakdowns: readonly Breakdown[];
  /** Of the roads and the sensors. */
  readonly seed: number;
  /** Seconds that are driven after the end of the grid. Who waits then has not been served. */
  readonly run_out_s: number;
}

export const daySeconds = ({ instance: { grid } }: Pick<ShuttleDay, 'instance'>): number =>
  (grid.count * grid.slotMs) / 1000;
