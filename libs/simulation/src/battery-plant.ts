import type { Venue } from '#libs/games';

type BatterySize = NonNullable<Venue['battery']>;

/** A battery that does as it is told as far as it can. */
export class BatteryPlant {
  #storedKwh: number;

  constructor(private readonly size: BatterySize) {
    this.#storedKwh = size.initial_soc_ratio * size.capacity_kwh;
  }

  get storedKwh(): number {
    return this.#storedKwh;
  }

  get socRatio(): number {
    return this.#storedKwh / this.size.capacity_kwh;
  }

  /** Runs at `wantedKw` (positive while charging) for some hours; the mean power it managed. */
  run(wantedKw: number, hours: number): number {
    const { capacity_kwh, power_kw, charge_efficiency, discharge_efficiency } = this.size;
    const room = (capacity_kwh - this.#storedKwh) / (charge_efficiency * hours);
    const store = (this.#storedKwh * discharge_efficiency) / hours;
    const kw = Math.max(-Math.min(power_kw, store), Math.min(power_kw, room, wantedKw));
    const gained = kw > 0 ? kw * charge_efficiency : kw / discharge_efficiency;
    this.#storedKwh = Math.min(capacity_kwh, Math.max(0, this.#storedKwh + gained * hours));
    return kw;
  }
}
