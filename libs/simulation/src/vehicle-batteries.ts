import { listVehicles, type Pack } from '#libs/games';
import type { World } from './world/world.js';

interface VehicleBattery {
  readonly capacityKwh: number;
  readonly chargingKw: number;
  /** Whether a venue feeds its depot. */
  readonly isFed: boolean;
  /** As the vehicle takes it on this day. */
  readonly kwhPerKm: number;
  kwh: number;
}

/** What electric vehicles hold. They begin their day full, and need more or less than planners expect. */
export class VehicleBatteries {
  readonly #batteries: ReadonlyMap<string, VehicleBattery>;

  constructor({ transport }: Pick<Pack, 'transport'>, world: Pick<World, 'consumptionRatio'>) {
    const types = new Map(transport.vehicle_types.map(({ id, battery }) => [id, battery]));
    this.#batteries = new Map(
      listVehicles(transport).flatMap(({ id, group }) => {
        const spec = types.get(group.type);
        if (!spec) return [];
        const { capacity_kwh: capacityKwh, charging_kw: chargingKw, kwh_per_km } = spec;
        const kwhPerKm = kwh_per_km * world.consumptionRatio(id);
        const isFed = transport.depots.find((depot) => depot.id === group.depot)?.venue !== undefined;
        return [[id, { capacityKwh, chargingKw, isFed, kwhPerKm, kwh: capacityKwh }]];
      }),
    );
  }

  /** What is missing in those whose depot a venue feeds, kWh: they are full again after the night. */
  get missingKwh(): number {
    return [...this.#batteries.values()].reduce(
      (sum, { isFed, capacityKwh, kwh }) => sum + (isFed ? capacityKwh - kwh : 0),
      0,
    );
  }

  /** Whether it comes so far: its reserve may be used. */
  canDrive(vehicle: string, km: number): boolean {
    const battery = this.#batteries.get(vehicle);
    return !battery || battery.kwh >= km * battery.kwhPerKm;
  }

  drive(vehicle: string, km: number): void {
    const battery = this.#batteries.get(vehicle);
    if (battery) battery.kwh = Math.max(0, battery.kwh - km * battery.kwhPerKm);
  }

  /** The most that it takes for so many hours, kW. */
  mostKw(vehicle: string, hours: number): number {
    const battery = this.#batteries.get(vehicle);
    return battery ? Math.min(battery.chargingKw, (battery.capacityKwh - battery.kwh) / hours) : 0;
  }

  charge(vehicle: string, kwh: number): void {
    const battery = this.#batteries.get(vehicle);
    if (battery) battery.kwh = Math.min(battery.capacityKwh, battery.kwh + kwh);
  }
}
