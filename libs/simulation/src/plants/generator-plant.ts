import type { Venue } from '#libs/games';
import { type EpochMs, HOUR_MS } from '#libs/kernel';

type GeneratorSpec = NonNullable<Venue['generators']>[number];

/** One that does not start is out of order for so long. */
const REPAIR_MS = 2 * HOUR_MS;

/** A generator that stands by: it carries what is missing while nothing else feeds its venue, if it starts. */
export class GeneratorPlant {
  #isOn = false;
  #starts = 0;
  #outUntil = -Infinity;
  #fuel = 0;
  #cost = 0;

  /** `fails`: whether a start comes to nothing, by its number. */
  constructor(
    private readonly spec: GeneratorSpec,
    private readonly fails: (start: number) => boolean,
  ) {}

  /** Runs a minute for `missingKw`; what it gives, kW, which is more where its least power is. */
  run(at: EpochMs, missingKw: number): number {
    const { capacity_kw, min_kw, start_cost, stop_cost, fuel } = this.spec;
    const isAble = at >= this.#outUntil && this.#fuel < (fuel.on_hand ?? Infinity);
    const isWanted = isAble && missingKw > 0;
    if (isWanted && !this.#isOn) {
      this.#starts += 1;
      if (this.fails(this.#starts)) {
        this.#outUntil = at + REPAIR_MS;
        return 0;
      }
      this.#cost += start_cost;
    }
    if (this.#isOn && !isWanted) this.#cost += stop_cost;
    this.#isOn = isWanted;
    if (!isWanted) return 0;
    const kw = Math.max(min_kw, Math.min(capacity_kw, missingKw));
    this.#fuel += fuelAt(fuel.curve, kw) / 60;
    return kw;
  }

  /** What fuel, starts and stops cost. */
  get cost(): number {
    return this.#cost + this.#fuel * this.spec.fuel.price;
  }

  get carbonKg(): number {
    return this.#fuel * this.spec.fuel.carbon_kg;
  }
}

/** What it burns in an hour: on the line through the curve's points, the first and last piece going on. */
const fuelAt = (curve: GeneratorSpec['fuel']['curve'], kw: number): number => {
  const found = curve.findIndex(([point]) => kw <= point);
  const at = found < 0 ? curve.length - 1 : Math.max(1, found);
  const [[x, y], [nextX, nextY]] = [curve[at - 1] ?? [0, 0], curve[at] ?? [1, 0]];
  return y + ((kw - x) / (nextX - x)) * (nextY - y);
};
