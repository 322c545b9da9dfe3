import { type Unit, valueAt } from '../problem.js';
import { burntAt } from './cost.js';

/** A unit that nobody plans, slot by slot: what it may do now follows from what it did before. */
export class Machine {
  readonly unit: Unit;
  readonly #hours: number;
  #wasOn: boolean;
  #slotsSo: number;
  #fuelLeft: number;
  #least = 0;
  #most = 0;
  /** kW in the slot under way. */
  level = 0;
  isOn = false;

  constructor(unit: Unit, hours: number) {
    this.unit = unit;
    this.#hours = hours;
    this.#wasOn = unit.commitment?.on ?? true;
    this.#slotsSo = unit.commitment?.slots_so ?? 0;
    this.#fuelLeft = unit.fuel?.on_hand ?? Infinity;
  }

  /** Begins a slot: at its least level where it must go on, else at rest. */
  begin(slot: number): void {
    const { capacity_kw, commitment } = this.unit;
    const most = Math.min(valueAt(capacity_kw, slot), this.#mostOfFuel());
    this.#least = commitment?.min_kw ?? 0;
    const rested = this.#wasOn || this.#slotsSo >= (commitment?.min_down_slots ?? 0);
    this.#most = rested && most >= this.#least ? most : 0;
    const mustGoOn = commitment !== undefined && this.#wasOn && this.#slotsSo < commitment.min_up_slots;
    this.isOn = mustGoOn && most >= this.#least;
    this.level = this.isOn ? this.#least : 0;
  }

  /** As near to `kw` as it can: at least its least level, or off. */
  run(kw: number): void {
    this.level = kw > 0 ? Math.min(Math.max(kw, this.#least), this.#most) : 0;
    this.isOn = this.level > 0;
  }

  /** Down to `kw`, off where that is under its least level. */
  lower(kw: number): void {
    this.run(kw < this.#least ? 0 : kw);
  }

  /** Ends the slot. */
  goOn(): void {
    const { fuel } = this.unit;
    if (fuel && this.isOn) this.#fuelLeft -= burntAt(fuel.curve, this.level) * this.#hours;
    this.#slotsSo = this.isOn === this.#wasOn ? this.#slotsSo + 1 : 1;
    this.#wasOn = this.isOn;
  }

  /** The highest level for which the fuel lasts to the slot's end; below zero where there is none. */
  #mostOfFuel(): number {
    const { fuel } = this.unit;
    if (!fuel) return Infinity;
    const rate = this.#fuelLeft / this.#hours;
    let most = Infinity;
    for (const [at, [kw, burnt]] of fuel.curve.entries()) {
      const next = fuel.curve[at + 1];
      if (!next) continue;
      const slope = (next[1] - burnt) / (next[0] - kw);
      if (slope > 0) most = Math.min(most, kw + (rate - burnt) / slope);
      else if (next[1] > rate) most = -1;
    }
    return most;
  }
}
