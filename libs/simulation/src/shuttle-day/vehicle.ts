import type { Known } from './network.js';
import type { PatternProblem, Vehicle, VehicleType } from './contract.js';
import type { Order } from './dispatcher.js';
import type { Boarded } from './stops.js';

/** A trip under way. */
export interface Trip {
  readonly pattern: Known<PatternProblem>;
  readonly leftS: number;
  /** Index of the last call that it made, and when it left there. */
  call: number;
  callLeftS: number;
  aboard: readonly Boarded[];
}

/** A vehicle and what it does. */
export class VehicleState {
  orders: readonly Order[] = [];
  /** Where it stands, or will when it is ready. */
  place: string;
  /** When what it does is over; in the future while it does something whose end is known, Infinity on a trip. */
  readyS: number;
  chargeKwh: number | undefined;
  brokenUntilS = -Infinity;
  calledOut = false;
  charges: string | undefined;
  trip: Trip | undefined;
  /** The next instant at which it looks at its orders. */
  wakesS: number | undefined;

  constructor(
    readonly vehicle: Vehicle,
    readonly type: VehicleType,
    readonly untilS: number,
    slotS: number,
  ) {
    this.place = vehicle.place;
    this.readyS = vehicle.ready_slot * slotS;
    this.chargeKwh = type.battery && (vehicle.charge_kwh ?? type.battery.capacity_kwh);
  }

  /** From when on it may begin something. */
  get freeS(): number {
    return Math.max(this.readyS, this.brokenUntilS);
  }

  /** It can drive so far without touching its reserve. */
  reaches(km: number): boolean {
    const { battery } = this.type;
    if (!battery || this.chargeKwh === undefined) return true;
    return this.chargeKwh - km * battery.kwh_per_km >= battery.reserve_kwh - 1e-9;
  }

  drive(km: number): void {
    this.calledOut = true;
    const { battery } = this.type;
    if (battery && this.chargeKwh !== undefined) this.chargeKwh -= km * battery.kwh_per_km;
  }
}
