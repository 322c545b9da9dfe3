import { assetKey, type MeasuredState, type Setpoint } from '#libs/energy';
import type { SlotHistory } from '#libs/forecast';
import { type Pack, type Point, replayOf } from '#libs/games';
import type { EpochMs, Interval } from '#libs/kernel';

import { EnergyMeter } from './energy-meter.js';
import { findRecorded, MeasuredSeries } from './measured-series.js';
import { ruleOf } from './battery-rule.js';
import type { DepotChargers } from './plants/depot-chargers.js';
import { SitePlant } from './plants/site-plant.js';
import type { Policy } from './scenario.js';
import type { DayWorld, MeanOverTime } from './world/world-changes.js';

interface Series {
  readonly mean: MeanOverTime;
  readonly measured: MeasuredSeries | undefined;
}

interface Site {
  readonly plant: SitePlant;
  readonly load: Series;
  readonly pv: Series;
}

/** The venues' electricity, minute by minute: load and sun as the world has them, and machines that follow setpoints or a rule. */
export class SitePlants {
  readonly meter: EnergyMeter;
  readonly #sites: readonly Site[];
  readonly #setpoints = new Map<string, readonly Setpoint[]>();
  readonly #gridKw = new Map<string, ReadonlyMap<string, number>>();
  readonly #unservedKwh = new Map<string, number>([
    ['life_safety', 0],
    ['broadcast', 0],
    ['normal', 0],
  ]);
  #wear = 0;
  #shedKwh = 0;

  constructor(
    pack: Pack,
    window: Interval,
    private readonly day: DayWorld,
    private readonly policy: Policy['energy'],
    private readonly chargers: DepotChargers,
  ) {
    const { world, changes } = day;
    this.meter = new EnergyMeter(pack);
    this.#sites = pack.venues.map((venue) => {
      const series = (kind: Point['kind']): Series => {
        const recorded = findRecorded(pack, venue.id, kind);
        if (!recorded) return { mean: () => 0, measured: undefined };
        return { mean: replayOf(pack, recorded), measured: new MeasuredSeries(pack, recorded, window) };
      };
      const [load, pv] = [series('load_power'), series('pv_power')];
      const used = changes.delayed(venue.id, load.mean);
      return {
        plant: new SitePlant(pack, venue, window, day),
        load: { ...load, mean: (at) => used(at) * world.loadRatio(venue.id, at) * changes.loadScale(at) },
        pv: { ...pv, mean: (at) => pv.mean(at) * world.sunRatio(venue.id) * changes.sunScale(at) },
      };
    });
  }

  /** Mean power of the last minute by venue and its connections, positive while importing. */
  get gridKw(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return this.#gridKw;
  }

  get storedKwh(): number {
    return this.#sites.reduce((sum, { plant }) => sum + plant.storedKwh, 0);
  }

  /** State of charge by venue, of those that have a battery. */
  get socRatio(): ReadonlyMap<string, number> {
    return new Map(
      this.#sites.flatMap(({ plant: { venue, battery } }) => (battery ? [[venue.id, battery.socRatio]] : [])),
    );
  }

  /** Asked for while nothing fed it, by tier, and under `tasks` what was not done by its end. */
  get unservedKwh(): ReadonlyMap<string, number> {
    const missed = this.#tasks.reduce((sum, task) => sum + task.missedKwh, 0);
    return new Map(this.#unservedKwh).set('tasks', missed);
  }

  /** Switched off by plan. */
  get shedKwh(): number {
    return this.#shedKwh;
  }

  /** What wear of batteries and generators cost, and what these gave off. */
  get running(): { readonly cost: number; readonly carbonKg: number } {
    return this.#sites.reduce(
      (sum, { plant: { generation } }) => ({
        cost: sum.cost + generation.cost,
        carbonKg: sum.carbonKg + generation.carbonKg,
      }),
      { cost: this.#wear, carbonKg: 0 },
    );
  }

  /** Work of tasks that goes on evenly would have been done by `at` and is not. */
  behindKwh(at: EpochMs): number {
    return this.#tasks.reduce((sum, task) => sum + task.behindKwh(at), 0);
  }

  /** What planners are told of assets: of those that are in order. Generators stand by, and a switch is planned only while it or its feeder is not as usual. */
  measuredAt(at: EpochMs): Pick<MeasuredState, 'stored' | 'doneKwh' | 'positions'> & {
    readonly socRatio: ReadonlyMap<string, number>;
  } {
    const plants = this.#sites.map(({ plant }) => plant);
    return {
      socRatio: new Map(
        plants.flatMap((plant) =>
          plant.battery && plant.isInOrder('battery', at) ? [[plant.venue.id, plant.battery.socRatio]] : [],
        ),
      ),
      stored: new Map(
        plants.flatMap((plant) =>
          plant.thermals
            .filter(({ spec }) => plant.isInOrder(spec.machine.id, at))
            .map(({ spec, socRatio }) => [assetKey(plant.venue.id, spec.id), Math.min(1, socRatio)] as const),
        ),
      ),
      doneKwh: new Map(
        plants.flatMap((plant) =>
          plant.tasks.map((task) => [assetKey(plant.venue.id, task.spec.id), task.doneKwh] as const),
        ),
      ),
      positions: new Map(
        plants.flatMap((plant) => {
          const closed = plant.closedAt(at).map(({ id }) => id);
          return (plant.venue.switches ?? []).flatMap(({ id, connections }) => {
            const position = 1 + connections.findIndex((connection) => closed.includes(connection));
            return position === 1 ? [] : [[assetKey(plant.venue.id, id), { position, slots: 0 }] as const];
          });
        }),
      ),
    };
  }

  /** Mean power by slot as measured by `now`; undefined where nothing measures. */
  historyAt(venue: string, of: 'load' | 'pv', now: EpochMs, slotMs: number): SlotHistory | undefined {
    return this.#sites.find(({ plant }) => plant.venue.id === venue)?.[of].measured?.historyAt(now, slotMs, 'mean');
  }

  /** Tells assets what to do; what they were told before no longer holds. */
  tell(setpoints: readonly Setpoint[]): void {
    this.#setpoints.clear();
    for (const setpoint of setpoints) {
      const key = assetKey(setpoint.venue, setpoint.asset);
      this.#setpoints.set(key, [...(this.#setpoints.get(key) ?? []), setpoint]);
    }
  }

  /** The minute that begins at `at`. */
  runMinute(at: EpochMs): void {
    for (const { plant, load, pv } of this.#sites) {
      const { venue } = plant;
      const [askedKw, sunKw] = [load.mean(at), pv.mean(at)];
      load.measured?.tell(at, askedKw);
      pv.measured?.tell(at, sunKw);
      const { gridKw, batteryKw, shedKw, unservedKw } = plant.runMinute({
        at,
        askedKw,
        sunKw,
        told: (asset) =>
          this.#setpoints
            .get(assetKey(venue.id, asset))
            ?.find(({ from_ms, until_ms }) => from_ms <= at && at < until_ms)?.value,
        runCharging: (told) => this.chargers.run(at, venue.id, told),
        rule: this.policy === 'rule' ? (netKw, battery) => ruleOf(venue, netKw, battery) : undefined,
      });
      this.#gridKw.set(venue.id, gridKw);
      this.meter.count(at, gridKw);
      this.#wear += (batteryKw / 60) * (venue.battery?.wear_cost_per_kwh ?? 0);
      this.#shedKwh += shedKw / 60;
      for (const [tier, kw] of unservedKw) this.#unservedKwh.set(tier, (this.#unservedKwh.get(tier) ?? 0) + kw / 60);
    }
  }

  get #tasks() {
    return this.#sites.flatMap(({ plant }) => plant.tasks);
  }
}
