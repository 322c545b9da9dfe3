import type { Venue } from '#libs/games';

export type ThermalSpec = NonNullable<Venue['thermal']>[number];

const HOURS = 1 / 60;

/** A chiller or heat pump and what holds its cold or heat. Without a setpoint its thermostat runs it. */
export class ThermalPlant {
  constructor(
    readonly spec: ThermalSpec,
    private stored: number,
  ) {}

  /** What it holds, a ratio of its capacity. */
  get socRatio(): number {
    return this.stored;
  }

  /** Runs a minute: `askedKw` of cold or heat, `wantedKw` of the machine, or undefined: by the thermostat. Gives what the machine takes of electricity, and makes, kW. */
  run(askedKw: number, wantedKw: number | undefined): { readonly electricKw: number; readonly levelKw: number } {
    const { machine, store } = this.spec;
    const lossKw = (this.stored * store.capacity_kwh * (1 - (1 - store.loss_ratio_per_hour) ** HOURS)) / HOURS;
    const wanted = wantedKw ?? this.thermostat(askedKw + lossKw);
    const room = ((1 - this.stored) * store.capacity_kwh) / HOURS + askedKw + lossKw;
    const levelKw = Math.max(0, Math.min(machine.capacity_kw, room, wanted));
    const held = this.stored + ((levelKw - askedKw - lossKw) * HOURS) / store.capacity_kwh;
    this.stored = Math.max(0, held);
    return { electricKw: levelKw / machine.cop, levelKw };
  }

  /** Full on below the band, off above it, else what is asked and lost. */
  private thermostat(neededKw: number): number {
    const { machine, store } = this.spec;
    if (this.stored < store.soc_min_ratio) return machine.capacity_kw;
    return this.stored > store.soc_max_ratio ? 0 : neededKw;
  }
}
