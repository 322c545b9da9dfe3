import type { Setpoint } from '#libs/energy';
import { type Pack, type Point, replayOf, type Replay, type Venue } from '#libs/games';
import { type EpochMs, MINUTE_MS } from '#libs/kernel';

import { BatteryPlant } from './battery-plant.js';
import { EnergyMeter } from './energy-meter.js';
import { findRecorded } from './recorded-history.js';

const nothing: Replay = () => 0;
const MINUTE_HOURS = MINUTE_MS / 3_600_000;

interface Site {
  readonly venue: Venue;
  readonly load: Replay;
  readonly pv: Replay;
  readonly battery: BatteryPlant | undefined;
}

/** The venues' electricity, minute by minute: recorded load and sun, batteries, inverters and loads with a switch that follow setpoints. */
export class SitePlants {
  readonly meter: EnergyMeter;
  readonly #sites: readonly Site[];
  readonly #setpoints = new Map<string, readonly Setpoint[]>();

  constructor(pack: Pack) {
    this.meter = new EnergyMeter(pack);
    this.#sites = pack.venues.map((venue) => {
      const replay = (kind: Point['kind']) => {
        const recorded = findRecorded(pack, venue.id, kind);
        return recorded ? replayOf(pack, recorded) : nothing;
      };
      return {
        venue,
        load: replay('load_power'),
        pv: replay('pv_power'),
        battery: venue.battery && new BatteryPlant(venue.battery),
      };
    });
  }

  get storedKwh(): number {
    return this.#sites.reduce((sum, { battery }) => sum + (battery?.storedKwh ?? 0), 0);
  }

  /** State of charge by venue, of those that have a battery. */
  get socRatio(): ReadonlyMap<string, number> {
    return new Map(this.#sites.flatMap(({ venue, battery }) => (battery ? [[venue.id, battery.socRatio]] : [])));
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
      const batteryKw = battery?.run(told('battery')?.value ?? 0, MINUTE_HOURS) ?? 0;
      const pvKw = Math.min(pv(at), told('pv')?.value ?? Infinity);
      const asked = load(at);
      const shedKw = (venue.loads ?? []).reduce(
        (sum, { id, share = 0 }) => sum + Math.max(0, asked * share - (told(id)?.value ?? Infinity)),
        0,
      );
      this.meter.count(venue, at, asked - shedKw - pvKw + batteryKw, Math.abs(batteryKw));
    }
  }
}
