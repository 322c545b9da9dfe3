import type { Setpoint } from '#libs/energy';
import type { SlotHistory } from '#libs/forecast';
import { type Pack, type Point, replayOf, type Venue } from '#libs/games';
import { type EpochMs, type Interval, MINUTE_MS } from '#libs/kernel';

import { BatteryPlant } from './battery-plant.js';
import { EnergyMeter } from './energy-meter.js';
import { findRecorded, MeasuredSeries } from './measured-series.js';
import { ruleOf } from './battery-rule.js';
import type { Policy } from './scenario.js';
import type { DayWorld, MeanOverTime } from './world/world-changes.js';

const MINUTE_HOURS = MINUTE_MS / 3_600_000;

interface Series {
  readonly mean: MeanOverTime;
  readonly measured: MeasuredSeries | undefined;
}

interface Site {
  readonly venue: Venue;
  readonly load: Series;
  readonly pv: Series;
  readonly battery: BatteryPlant | undefined;
}

/** The venues' electricity, minute by minute: load and sun as the world has them, batteries, inverters and loads with a switch that follow setpoints or a rule. */
export class SitePlants {
  readonly meter: EnergyMeter;
  readonly #sites: readonly Site[];
  readonly #setpoints = new Map<string, readonly Setpoint[]>();
  readonly #gridKw = new Map<string, number>();

  constructor(
    pack: Pack,
    window: Interval,
    private readonly day: DayWorld,
    private readonly policy: Policy['energy'],
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
        venue,
        load: { ...load, mean: (at) => used(at) * world.loadRatio(venue.id, at) * changes.loadScale(at) },
        pv: { ...pv, mean: (at) => pv.mean(at) * world.sunRatio(venue.id) * changes.sunScale(at) },
        battery: venue.battery && new BatteryPlant(venue.battery),
      };
    });
  }

  /** Mean power of the last minute by venue, positive while importing. */
  get gridKw(): ReadonlyMap<string, number> {
    return this.#gridKw;
  }

  get storedKwh(): number {
    return this.#sites.reduce((sum, { battery }) => sum + (battery?.storedKwh ?? 0), 0);
  }

  /** State of charge by venue, of those that have a battery. */
  get socRatio(): ReadonlyMap<string, number> {
    return new Map(this.#sites.flatMap(({ venue, battery }) => (battery ? [[venue.id, battery.socRatio]] : [])));
  }

  /** Mean power by slot as measured by `now`; undefined where nothing measures. */
  historyAt(venue: string, of: 'load' | 'pv', now: EpochMs, slotMs: number): SlotHistory | undefined {
    return this.#sites.find((site) => site.venue.id === venue)?.[of].measured?.historyAt(now, slotMs, 'mean');
  }

  /** Tells assets what to do; what they were told before no longer holds. */
  tell(setpoints: readonly Setpoint[]): void {
    this.#setpoints.clear();
    for (const setpoint of setpoints) {
      const key = `${setpoint.venue} ${setpoint.asset}`;
      this.#setpoints.set(key, [...(this.#setpoints.get(key) ?? []), setpoint]);
    }
  }

  /** The minute that begins at `at`. */
  runMinute(at: EpochMs): void {
    for (const { venue, load, pv, battery } of this.#sites) {
      const told = (asset: Setpoint['asset']) =>
        this.#setpoints.get(`${venue.id} ${asset}`)?.find(({ from_ms, until_ms }) => from_ms <= at && at < until_ms);
      const [asked, sun] = [load.mean(at), pv.mean(at)];
      load.measured?.tell(at, asked);
      pv.measured?.tell(at, sun);
      const pvKw = Math.min(sun, told('pv')?.value ?? Infinity);
      if (this.day.changes.isDark(venue.id, at)) {
        // On its own: sun, then the battery as far as it can.
        const given = -(battery?.run(Math.min(0, sun - asked), MINUTE_HOURS) ?? 0);
        this.#gridKw.set(venue.id, 0);
        this.meter.countDark(venue, given, Math.max(0, asked - sun - given));
        continue;
      }
      const wantedKw =
        this.policy === 'rule' && venue.battery ? ruleOf(venue, asked - sun, battery) : (told('battery')?.value ?? 0);
      const batteryKw = battery?.run(wantedKw, MINUTE_HOURS) ?? 0;
      const shedKw = (venue.loads ?? []).reduce(
        (sum, { id, share = 0 }) => sum + Math.max(0, asked * share - (told(id)?.value ?? Infinity)),
        0,
      );
      const gridKw = asked - shedKw - pvKw + batteryKw;
      this.#gridKw.set(venue.id, gridKw);
      this.meter.count(venue, at, gridKw, Math.abs(batteryKw));
      this.meter.countShed(shedKw);
    }
  }
}
