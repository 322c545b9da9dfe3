import type { LoadTier } from '#libs/energy';
import { type GridConnection, listConnections, type Pack, sharesOf, type Venue } from '#libs/games';
import { type EpochMs, HOUR_MS, type Interval, MINUTE_MS, toCivil } from '#libs/kernel';
import { ThermalPlant } from '#libs/plants';
import { BatteryPlant } from '../battery-plant.js';
import type { DayWorld } from '../world/world-changes.js';
import { GeneratorPlant } from './generator-plant.js';
import { TaskPlant } from './task-plant.js';

const MINUTE_HOURS = MINUTE_MS / HOUR_MS;

/** What a venue was asked for and told in a minute. */
export interface SiteOrder {
  readonly at: EpochMs;
  /** The metered load, and the sun there is, kW. */
  readonly askedKw: number;
  readonly sunKw: number;
  /** What an asset was told; undefined: nothing. */
  readonly told: (asset: string) => number | undefined;
  /** What vehicles take at its depots, kW, as they are told. */
  readonly runCharging: (told: SiteOrder['told']) => number;
  /** Of the battery, by load less sun; undefined: as it was told. */
  readonly rule: ((netKw: number, battery: BatteryPlant) => number) | undefined;
}

/** What came of it, mean kW. */
export interface SiteMinute {
  /** Net import by connection. */
  readonly gridKw: ReadonlyMap<string, number>;
  /** Through the battery, either way. */
  readonly batteryKw: number;
  readonly shedKw: number;
  /** Asked for, and nothing fed it. */
  readonly unservedKw: ReadonlyMap<LoadTier, number>;
}

/** One venue: its load and sun, its connections and switches, and machines that follow setpoints, or without one their safe default. */
export class SitePlant {
  readonly battery: BatteryPlant | undefined;
  readonly thermals: readonly ThermalPlant[];
  readonly tasks: readonly TaskPlant[];
  readonly #generators: readonly { readonly id: string; readonly plant: GeneratorPlant }[];
  readonly #connections: readonly GridConnection[];
  readonly #timeZone: string;

  constructor(
    pack: Pack,
    readonly venue: Venue,
    day: Interval,
    private readonly world: DayWorld,
  ) {
    this.battery = venue.battery && new BatteryPlant(venue.battery);
    this.thermals = (venue.thermal ?? []).map((spec) => new ThermalPlant(spec, spec.store.initial_soc_ratio));
    this.tasks = (venue.tasks ?? []).map((spec) => new TaskPlant(spec, pack.games.time_zone, day));
    this.#generators = (venue.generators ?? []).map((spec) => ({
      id: spec.id,
      plant: new GeneratorPlant(spec, (start) => world.world.startFails(`${venue.id}/${spec.id}`, start)),
    }));
    this.#connections = listConnections(venue);
    this.#timeZone = pack.games.time_zone;
  }

  /** What batteries hold, and thermal stores in electricity, kWh. */
  get storedKwh(): number {
    return this.thermals.reduce(
      (sum, { spec, socRatio }) => sum + (socRatio * spec.store.capacity_kwh) / spec.machine.cop,
      this.battery?.storedKwh ?? 0,
    );
  }

  get generation(): { readonly cost: number; readonly carbonKg: number } {
    return this.#generators.reduce(
      (sum, { plant }) => ({ cost: sum.cost + plant.cost, carbonKg: sum.carbonKg + plant.carbonKg }),
      { cost: 0, carbonKg: 0 },
    );
  }

  /** Whether a machine is in order. */
  isInOrder(asset: string, at: EpochMs): boolean {
    return !this.world.changes.isOut(this.venue.id, asset, at);
  }

  /** Connections that feed it now: those that are alive and no switch leaves open. Of a switch, the first that is alive. */
  closedAt(at: EpochMs): readonly GridConnection[] {
    const alive = this.#connections.filter((connection) => !this.world.changes.isDead(connection, at));
    const open = (this.venue.switches ?? []).flatMap(({ connections }) => {
      const [, ...rest] = connections.filter((id) => alive.some((one) => one.id === id));
      return rest;
    });
    return alive.filter(({ id }) => !open.includes(id));
  }

  runMinute(order: SiteOrder): SiteMinute {
    const closed = this.closedAt(order.at);
    return closed.length > 0 ? this.#runFed(order, closed) : this.#runDark(order);
  }

  #runFed({ at, askedKw, sunKw, told, runCharging, rule }: SiteOrder, closed: readonly GridConnection[]): SiteMinute {
    const { battery } = this;
    const pvKw = this.isInOrder('pv', at) ? Math.min(sunKw, told('pv') ?? Infinity) : 0;
    const shedKw = (this.venue.loads ?? []).reduce(
      (sum, { id, share = 0 }) => sum + Math.max(0, askedKw * share - (told(id) ?? Infinity)),
      0,
    );
    const thermalKw = this.#runThermals(at, askedKw, told);
    const taskKw = this.tasks.reduce((sum, task) => sum + task.run(at, told(task.spec.id)), 0);
    for (const { plant } of this.#generators) plant.run(at, 0);
    const chargingKw = runCharging(told);
    const netKw = askedKw + thermalKw + taskKw + chargingKw - sunKw;
    const wantedKw = battery && rule ? rule(netKw, battery) : (told('battery') ?? 0);
    const batteryKw = this.isInOrder('battery', at) ? (battery?.run(wantedKw, MINUTE_HOURS) ?? 0) : 0;
    const totalKw = askedKw - shedKw + thermalKw + taskKw + chargingKw - pvKw + batteryKw;
    const gridKw = new Map(sharesOf(closed).map(({ id, share }) => [id, totalKw * share]));
    return { gridKw, batteryKw: Math.abs(batteryKw), shedKw, unservedKw: NOTHING };
  }

  /** On its own: sun, generators, then the battery as far as it can. Thermal machines, tasks and chargers wait. */
  #runDark({ at, askedKw, sunKw }: SiteOrder): SiteMinute {
    const metered = (this.venue.thermal ?? []).reduce((sum, { share = 0 }) => sum + share, 0) * askedKw;
    this.#runThermals(at, askedKw, () => 0);
    for (const task of this.tasks) task.run(at, 0);
    const wantedKw = askedKw - metered;
    const pvKw = this.isInOrder('pv', at) ? sunKw : 0;
    let missingKw = Math.max(0, wantedKw - pvKw);
    for (const { id, plant } of this.#generators)
      missingKw = Math.max(0, missingKw - plant.run(at, this.isInOrder(id, at) ? missingKw : 0));
    const givenKw = this.isInOrder('battery', at) ? -(this.battery?.run(-missingKw, MINUTE_HOURS) ?? 0) : 0;
    return {
      gridKw: new Map(),
      batteryKw: givenKw,
      shedKw: 0,
      unservedKw: this.#byTier(wantedKw, metered, missingKw - givenKw),
    };
  }

  /** What is missing, first of what may fail first. */
  #byTier(wantedKw: number, elsewhereKw: number, missingKw: number): ReadonlyMap<LoadTier, number> {
    const asked = wantedKw + elsewhereKw;
    const asksFor = (tier: LoadTier): number =>
      (this.venue.loads ?? []).reduce((sum, one) => sum + (one.tier === tier ? (one.share ?? 0) * asked : 0), 0);
    const [life, broadcast] = [asksFor('life_safety'), asksFor('broadcast')];
    let left = missingKw;
    const missing = new Map<LoadTier, number>();
    for (const [tier, most] of [
      ['normal', Math.max(0, wantedKw - life - broadcast)],
      ['broadcast', broadcast],
      ['life_safety', Infinity],
    ] as const) {
      missing.set(tier, Math.min(left, most));
      left -= Math.min(left, most);
    }
    return missing;
  }

  /** What thermal machines take more than their part of the metered load. */
  #runThermals(at: EpochMs, askedKw: number, told: (asset: string) => number | undefined): number {
    const hour = Math.floor(toCivil(this.#timeZone, at) / HOUR_MS) % 24;
    let moreKw = 0;
    for (const thermal of this.thermals) {
      const { machine, share, profile_kw } = thermal.spec;
      const metered = askedKw * (share ?? 0);
      const cold = share === undefined ? (profile_kw?.[hour] ?? 0) : metered * machine.cop;
      const { electricKw } = thermal.run(cold, this.isInOrder(machine.id, at) ? told(machine.id) : 0);
      moreKw += electricKw - metered;
    }
    return moreKw;
  }
}

const NOTHING: ReadonlyMap<LoadTier, number> = new Map();
