import { type EpochMs, kilowatts, MINUTE_MS, seconds } from '#libs/kernel';
import type { Gateway, Pack, Point, Replay, Venue } from '#libs/games';
import { replayOf } from '#libs/games';
import type { ReadingMessage, SetpointMessage } from '#libs/telemetry';
import type { Answer } from '../commands/answer.js';
import { stepBattery } from './battery.js';
import { AssetSetpoints } from './setpoints.js';

export const ASSETS = ['battery', 'pv'] as const;
export type Asset = (typeof ASSETS)[number];

const MINUTE = seconds(MINUTE_MS / 1000);

/** Milliwatts and thousandths of a percent: finer than any meter. */
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

const refuseBattery =
  ({ id, battery }: Venue) =>
  (value: number): string | undefined => {
    if (!battery) return `${id} has no battery`;
    const { power_kw: limit } = battery;
    return Math.abs(value) <= limit ? undefined : `${value} kW is outside -${limit} to ${limit} kW`;
  };

const refusePv =
  ({ id, pv }: Venue) =>
  (value: number): string | undefined => {
    if (!pv) return `${id} has no PV`;
    return value >= 0 ? undefined : `a feed-in limit of ${value} kW is negative`;
  };

export interface PlantMinute {
  readonly readings: readonly ReadingMessage[];
  readonly answers: readonly { readonly asset: Asset; readonly answer: Answer }[];
}

/**
 * The reference plant behind one gateway: recorded load, PV and counts, and a battery that follows its setpoints. Without a
 * fresh setpoint the battery idles and PV is not limited. All load, PV, battery and grid points of a venue stand on one gateway.
 */
export class Plant {
  readonly #setpoints: Readonly<Record<Asset, AssetSetpoints>>;
  readonly #replays: ReadonlyMap<Point, Replay>;
  #socRatio: number;

  /** `socRatio` is the state of charge to go on from; null starts as the pack says. */
  constructor(
    pack: Pack,
    private readonly venue: Venue,
    private readonly gateway: Gateway,
    socRatio: number | null,
  ) {
    this.#setpoints = {
      battery: new AssetSetpoints(refuseBattery(venue)),
      pv: new AssetSetpoints(refusePv(venue)),
    };
    this.#replays = new Map(
      gateway.points.flatMap((point) => (point.recorded ? [[point, replayOf(pack, point.recorded)] as const] : [])),
    );
    this.#socRatio = socRatio ?? venue.battery?.initial_soc_ratio ?? 0;
  }

  get socRatio(): number {
    return this.#socRatio;
  }

  /** Whether this gateway has the asset's own meter, and so answers for it. */
  has(asset: Asset): boolean {
    const kind = asset === 'battery' ? 'battery_power' : 'pv_power';
    return this.gateway.points.some((point) => point.kind === kind);
  }

  offer(asset: Asset, message: SetpointMessage, eventNow: EpochMs | undefined): Answer | undefined {
    return this.#setpoints[asset].offer(message, eventNow);
  }

  /** Runs one event-minute: power as it stands over the minute, state of charge at its start. Minutes are run in order, each once. */
  run(minute: EpochMs): PlantMinute {
    const recorded = (kind: Point['kind']): number =>
      this.gateway.points.reduce(
        (sum, point) => sum + (point.kind === kind ? (this.#replays.get(point)?.(minute) ?? 0) : 0),
        0,
      );
    const available = recorded('pv_power');
    const limit = this.#setpoints.pv.findValue(minute) ?? Infinity;
    const feedIn = available > limit ? limit / available : 1;
    const pv = round(available * feedIn, 3);
    const socAtStart = this.#socRatio;
    const battery = round(this.#runBattery(minute), 3);
    const replayed = (point: Point): number => this.#replays.get(point)?.(minute) ?? 0;
    const values: Record<Point['kind'], (point: Point) => number> = {
      load_power: (point) => round(replayed(point), 3),
      pv_power: (point) => round(replayed(point) * feedIn, 3),
      battery_power: () => battery,
      battery_soc: () => round(socAtStart, 5),
      grid_power: () => round(recorded('load_power') - pv + battery, 3),
      count_in: replayed,
      count_out: replayed,
      sub_power: replayed,
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
    const measured = { battery, pv };
    const answers = ASSETS.flatMap((asset) =>
      this.#setpoints[asset].settle(minute, measured[asset]).map((answer) => ({ asset, answer })),
    );
    return { readings, answers };
  }

  #runBattery(minute: EpochMs): number {
    const { battery } = this.venue;
    if (!battery) return 0;
    const wanted = kilowatts(this.#setpoints.battery.findValue(minute) ?? 0);
    const step = stepBattery(battery, this.#socRatio, wanted, MINUTE);
    this.#socRatio = Math.min(1, Math.max(0, step.socRatio));
    return step.power;
  }
}
