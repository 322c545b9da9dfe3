import { contains, type EpochMs, HOUR_MS, type Interval, kilowatts, MINUTE_MS, seconds, toCivil } from '#libs/kernel';
import {
  type Gateway,
  listConnections,
  type Pack,
  plannedOutages,
  type Point,
  type Replay,
  replayOf,
  type Venue,
} from '#libs/games';
import { ThermalPlant } from '#libs/plants';
import type { ReadingMessage, SetpointMessage } from '#libs/telemetry';
import type { Answer } from '../commands/answer.js';
import { refusalsOf } from './assets.js';
import { stepBattery } from './battery.js';
import { AssetSetpoints } from './setpoints.js';

const MINUTE = seconds(MINUTE_MS / 1000);

/** Milliwatts and thousandths of a percent: finer than any meter. */
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export interface PlantMinute {
  readonly readings: readonly ReadingMessage[];
  readonly answers: readonly { readonly asset: string; readonly answer: Answer }[];
}

/** What a plant goes on from: state of charge of the battery, and of thermal stores by id. */
export interface PlantState {
  readonly soc_ratio: number | null;
  readonly stored?: Readonly<Record<string, number>> | undefined;
}

/**
 * The reference plant behind one gateway: recorded load, PV and counts, and assets that follow their setpoints. Without a fresh setpoint the battery idles, PV is not
 * limited, loads are on, thermal machines go by their thermostat, tasks wait, switches stand on their first connection, and generators are off, but where no connection is alive: then they carry what is missing. A
 * switch whose connection is dead takes the first that is alive. Its load meter shows what is asked for, also of what is shed. All points of a venue's power stand on one gateway.
 */
export class Plant {
  readonly #setpoints: ReadonlyMap<string, AssetSetpoints>;
  readonly #replays: ReadonlyMap<Point, Replay>;
  readonly #thermals: readonly ThermalPlant[];
  /** When each connection is dead, by its id. */
  readonly #outages: ReadonlyMap<string, readonly Interval[]>;
  readonly #timeZone: string;
  #socRatio: number;

  /** A state of charge of null, and thermal stores that are missing, start as the pack says. */
  constructor(
    pack: Pack,
    private readonly venue: Venue,
    private readonly gateway: Gateway,
    { soc_ratio, stored = {} }: PlantState,
  ) {
    this.#setpoints = new Map([...refusalsOf(venue)].map(([asset, refusal]) => [asset, new AssetSetpoints(refusal)]));
    this.#replays = new Map(
      gateway.points.flatMap((point) => (point.recorded ? [[point, replayOf(pack, point.recorded)] as const] : [])),
    );
    this.#thermals = (venue.thermal ?? []).map(
      (spec) => new ThermalPlant(spec, stored[spec.id] ?? spec.store.initial_soc_ratio),
    );
    this.#outages = new Map(
      listConnections(venue).map((connection) => [connection.id, plannedOutages(pack, connection)]),
    );
    this.#timeZone = pack.games.time_zone;
    this.#socRatio = soc_ratio ?? venue.battery?.initial_soc_ratio ?? 0;
  }

  get state(): PlantState {
    const { battery, thermal = [] } = this.venue;
    return {
      soc_ratio: battery ? this.#socRatio : null,
      ...(thermal.length > 0 && {
        stored: Object.fromEntries(this.#thermals.map(({ spec, socRatio }) => [spec.id, Math.min(1, socRatio)])),
      }),
    };
  }

  /** Whether this gateway answers for an asset of the venue: it has the battery's or PV's own meter, or that of the load for the others. */
  has(asset: string): boolean {
    const kind = { battery: 'battery_power', pv: 'pv_power' }[asset] ?? 'load_power';
    return this.#setpoints.has(asset) && this.gateway.points.some((point) => point.kind === kind);
  }

  offer(asset: string, message: SetpointMessage, eventNow: EpochMs | undefined): Answer | undefined {
    return this.#setpoints.get(asset)?.offer(message, eventNow);
  }

  /** Runs one event-minute: power as it stands over the minute, stores as they are at its start. Minutes are run in order, each once. */
  run(minute: EpochMs): PlantMinute {
    const wanted = (asset: string): number | undefined => this.#setpoints.get(asset)?.findValue(minute);
    const replayed = (point: Point): number => this.#replays.get(point)?.(minute) ?? 0;
    const recorded = (kind: Point['kind']): number =>
      this.gateway.points.reduce((sum, point) => sum + (point.kind === kind ? replayed(point) : 0), 0);
    const stored = new Map([
      ...this.#thermals.map(({ spec, socRatio }) => [spec.point, Math.min(1, socRatio)] as const),
    ]);
    const socAtStart = this.#socRatio;
    const load = recorded('load_power');
    const available = recorded('pv_power');
    const limit = wanted('pv') ?? Infinity;
    let feedIn = available > limit ? limit / available : 1;
    const battery = round(this.#runBattery(wanted('battery')), 3);
    const served = this.#serveLoads(load, wanted, replayed);
    const machines = this.#runThermals(minute, load, wanted);
    const tasks = new Map((this.venue.tasks ?? []).map(({ id }) => [id, wanted(id) ?? 0]));
    const taskKw = [...tasks.values()].reduce((sum, kw) => sum + kw, 0);
    const needed = served.kw + machines.moreKw + taskKw + battery;
    const alive = this.#listAlive(minute);
    const positions = this.#runSwitches(alive, wanted);
    const switched = (this.venue.switches ?? []).flatMap(({ connections }) => connections);
    const isIsland =
      [...positions.values()].every((position) => position === 0) && alive.every((id) => switched.includes(id));
    if (isIsland && available > 0) feedIn = Math.min(feedIn, Math.max(0, needed) / available);
    const pv = round(available * feedIn, 3);
    const generators = this.#runGenerators(wanted, isIsland ? needed - pv : undefined);
    const generated = [...generators.values()].reduce((sum, kw) => sum + kw, 0);

    const powers = new Map<string, number>([...generators, ...tasks, ...positions]);
    const ofPoint = new Map(
      [...(this.venue.generators ?? []), ...(this.venue.tasks ?? []), ...(this.venue.switches ?? [])].map(
        ({ id, point }) => [point, powers.get(id)],
      ),
    );
    const values: Record<Point['kind'], (point: Point) => number> = {
      load_power: (point) => round(replayed(point), 3),
      pv_power: (point) => round(replayed(point) * feedIn, 3),
      battery_power: () => battery,
      battery_soc: () => round(socAtStart, 5),
      asset_power: ({ id }) => round(ofPoint.get(id) ?? 0, 3),
      switch_position: ({ id }) => ofPoint.get(id) ?? 0,
      store_soc: ({ id }) => round(stored.get(id) ?? 0, 5),
      grid_power: () => (isIsland ? 0 : round(needed - pv - generated, 3)),
      count_in: replayed,
      count_out: replayed,
      sub_power: (point) => served.points.get(point.id) ?? replayed(point),
      energy_counter: replayed,
      interval_energy: replayed,
      sensor: replayed,
    };
    const readings = this.gateway.points
      .filter((point) => minute % Math.max(MINUTE_MS, point.interval_s * 1000) === 0)
      .map((point) => ({
        point: point.id,
        ts: minute,
        value: values[point.kind](point),
        unit: point.unit,
        quality: 'good' as const,
      }));
    const measured = new Map([['battery', battery], ['pv', pv], ...served.loads, ...machines.levels, ...powers]);
    const answers = [...this.#setpoints].flatMap(([asset, setpoints]) =>
      setpoints.settle(minute, measured.get(asset) ?? 0).map((answer) => ({ asset, answer })),
    );
    return { readings, answers };
  }

  #runBattery(wanted = 0): number {
    const { battery } = this.venue;
    if (!battery) return 0;
    const step = stepBattery(battery, this.#socRatio, kilowatts(wanted), MINUTE);
    this.#socRatio = Math.min(1, Math.max(0, step.socRatio));
    return step.power;
  }

  #listAlive(minute: EpochMs): readonly string[] {
    return [...this.#outages].filter(([, dead]) => dead.every((outage) => !contains(outage, minute))).map(([id]) => id);
  }

  /** Which connection each switch has closed, counted from 1; 0 where none of them is alive. */
  #runSwitches(alive: readonly string[], wanted: (asset: string) => number | undefined): ReadonlyMap<string, number> {
    return new Map(
      (this.venue.switches ?? []).map(({ id, connections }) => {
        const told = wanted(id) ?? 1;
        const isAlive = alive.includes(connections[told - 1] ?? '');
        return [id, isAlive ? told : 1 + connections.findIndex((connection) => alive.includes(connection))];
      }),
    );
  }

  /** What is served of the metered load, by the loads that may be shed, and by the points that measure them. */
  #serveLoads(load: number, wanted: (asset: string) => number | undefined, replayed: (point: Point) => number) {
    const loads = new Map<string, number>();
    const points = new Map<string, number>();
    let kw = load;
    for (const { id, share, point, shed_cost_per_kwh } of this.venue.loads ?? []) {
      if (shed_cost_per_kwh === undefined) continue;
      const meter = this.gateway.points.find((one) => one.id === point);
      const asked = share === undefined ? (meter ? replayed(meter) : 0) : load * share;
      const served = Math.min(asked, wanted(id) ?? Infinity);
      loads.set(id, served);
      if (point !== undefined) points.set(point, round(served, 3));
      kw -= asked - served;
    }
    return { kw, loads, points };
  }

  /** What thermal machines take more than their part of the metered load, and what they make. */
  #runThermals(minute: EpochMs, load: number, wanted: (asset: string) => number | undefined) {
    const levels = new Map<string, number>();
    let moreKw = 0;
    for (const thermal of this.#thermals) {
      const { machine, share, profile_kw } = thermal.spec;
      const hour = Math.floor(toCivil(this.#timeZone, minute) / HOUR_MS) % 24;
      const metered = load * (share ?? 0);
      const asked = share === undefined ? (profile_kw?.[hour] ?? 0) : metered * machine.cop;
      const { electricKw, levelKw } = thermal.run(asked, wanted(machine.id));
      levels.set(machine.id, levelKw);
      moreKw += electricKw - metered;
    }
    return { levels, moreKw };
  }

  /** As told, or, where no connection is alive, what is missing, in the order of the pack. */
  #runGenerators(
    wanted: (asset: string) => number | undefined,
    missing: number | undefined,
  ): ReadonlyMap<string, number> {
    let left = missing ?? 0;
    return new Map(
      (this.venue.generators ?? []).map(({ id, capacity_kw, min_kw }) => {
        const asked = missing === undefined ? (wanted(id) ?? 0) : Math.min(capacity_kw, Math.max(0, left));
        const kw = asked > 0 ? Math.max(min_kw, asked) : 0;
        left -= kw;
        return [id, kw];
      }),
    );
  }
}
