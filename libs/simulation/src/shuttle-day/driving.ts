import type { DispatchProblem, PatternProblem } from './contract.js';
import { normalOf, uniformOf } from './seeded.js';

/** How roads and stops differ from the plan. */
export interface Driving {
  /** Median driving time as a share of the planned one, which includes calls and is rounded up to slots. */
  readonly pace_ratio: number;
  /** Standard deviation of the logarithm of driving times; 0: always the median. */
  readonly spread: number;
  /** Opening and closing the doors, s. */
  readonly doors_s: number;
  /** One person, all doors together, s. */
  readonly board_s: number;
  readonly alight_s: number;
  /** Least time between the last person off and the next departure, s; less where less is planned. */
  readonly turn_s: number;
}

/** Level boarding through three doors without fares: TCQSM (TCRP 165, 2013), exhibit 6-4. */
export const USUAL_DRIVING: Driving = {
  pace_ratio: 0.85,
  spread: 0.12,
  doors_s: 10,
  board_s: 0.9,
  alight_s: 0.6,
  turn_s: 120,
};

/** Roads are as slow or fast as they are for so long. */
const ROAD_S = 300;
/** What a call is expected to take before anybody knows who boards, s. */
const EXPECTED_CALL_S = 30;

/** Driving times. Those with a time of day are what happens; those without are what is expected. */
export class Roads {
  readonly #slotS: number;

  constructor(
    { grid }: Pick<DispatchProblem, 'grid'>,
    private readonly driving: Driving,
    private readonly seed: number,
  ) {
    this.#slotS = grid.slotMs / 1000;
  }

  /** From the call with this index to the next one, s. */
  expectedLegS({ stops }: PatternProblem, call: number): number {
    const slots = (stops[call + 1]?.offset_slots ?? 0) - (stops[call]?.offset_slots ?? 0);
    return slots * this.#slotS * this.driving.pace_ratio;
  }

  /** `pattern` is the pattern's index. */
  legS(problem: PatternProblem, pattern: number, call: number, atS: number): number {
    return this.expectedLegS(problem, call) * this.#slowness(pattern, call, atS);
  }

  expectedDeadheadS(slots: number): number {
    return slots * this.#slotS * this.driving.pace_ratio;
  }

  /** `deadhead` is the deadhead's index. */
  deadheadS(slots: number, deadhead: number, atS: number): number {
    return this.expectedDeadheadS(slots) * this.#slowness(deadhead, -1, atS);
  }

  callS(alight: number, board: number): number {
    const { doors_s, board_s, alight_s } = this.driving;
    return alight + board === 0 ? 0 : doors_s + alight * alight_s + board * board_s;
  }

  /** Between the last person off and the next departure, s. */
  turnS({ stops, busy_slots }: PatternProblem): number {
    const planned = (busy_slots - (stops.at(-1)?.offset_slots ?? 0)) * this.#slotS;
    return Math.min(planned, this.driving.turn_s);
  }

  /** Expected seconds from leaving call `from` until arriving at call `to`, with the calls between. */
  expectedRideS(pattern: PatternProblem, from: number, to: number): number {
    let seconds = 0;
    for (let call = from; call < to; call++) seconds += this.expectedLegS(pattern, call);
    return seconds + Math.max(0, to - from - 1) * EXPECTED_CALL_S;
  }

  /** Expected seconds from leaving call `from` until the vehicle may leave again at the pattern's end. */
  expectedTripS(pattern: PatternProblem, from = 0): number {
    return this.expectedRideS(pattern, from, pattern.stops.length - 1) + EXPECTED_CALL_S + this.turnS(pattern);
  }

  #slowness(first: number, second: number, atS: number): number {
    const { spread } = this.driving;
    if (spread === 0) return 1;
    const [seed, time] = [this.seed, Math.floor(atS / ROAD_S)];
    return Math.exp(
      spread * normalOf(uniformOf(seed, first, second, time, 1), uniformOf(seed, first, second, time, 2)),
    );
  }
}
