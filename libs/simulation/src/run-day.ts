import { listVehicles, type Pack } from '#libs/games';
import { DAY_MS, type EpochMs, epochMs, fromCivil, HOUR_MS, type Interval, MINUTE_MS } from '#libs/kernel';
import { DEPARTURE_MEMORY_MS, type Feed, patternsOf, type PastDeparture } from '#libs/transport';

import {
  type BoundDeparture,
  followTimetable,
  planDispatch,
  type SimulatedPlan,
  untilNext,
} from './dispatch-planner.js';
import { planEnergy } from './energy-planner.js';
import { EventQueue } from './event-queue.js';
import type { Indicators, Run } from './indicators.js';
import { applyOverlays } from './overlays.js';
import { makeGuide } from './make-guide.js';
import type { Planning } from './planning.js';
import type { Scenario } from './scenario.js';
import { ShuttleWorld } from './shuttle-world.js';
import { SitePlants } from './site-plants.js';

/** A safety for each plan; an effort decides, not time. */
const DEADLINE_MS = 120_000;

export interface DayOptions {
  readonly scenario: Scenario;
  readonly pack: Pack;
  readonly feed: Feed;
  readonly solver: Planning['solver'];
  readonly run: Run;
  /** Hours from midnight that are run; 24 is the civil day, whatever its length. */
  readonly hours?: number;
  readonly onProgress?: (ratio: number) => void;
}

/** One civil day of a scenario, event by event: with the planners, or by the rule without them. The same scenario gives the same indicators. */
export const runDay = async (options: DayOptions): Promise<Indicators> => {
  const day = new Day(options);
  await day.run();
  return day.sumUp();
};

const windowOf = ({ day }: Scenario, timeZone: string, hours: number | undefined): Interval => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const start = fromCivil(timeZone, midnight);
  const end = hours === undefined ? fromCivil(timeZone, midnight + DAY_MS) : epochMs(start + hours * HOUR_MS);
  return { start, end };
};

/** People that each vehicle of the fleet takes, seated and standing. */
const placesByVehicle = ({ transport }: Pick<Pack, 'transport'>): ReadonlyMap<string, number> => {
  const types = new Map(transport.vehicle_types.map(({ id, seats, standing }) => [id, seats + standing]));
  return new Map(listVehicles(transport).map(({ id, group }) => [id, types.get(group.type) ?? 0]));
};

class Day {
  readonly #events = new EventQueue();
  readonly #planning: Planning;
  readonly #window: Interval;
  readonly #plants: SitePlants;
  readonly #shuttles: ShuttleWorld;
  readonly #storedAtStart: number;
  #departed: PastDeparture[] = [];
  #inForce: SimulatedPlan | undefined;
  #vehicleMs = 0;

  constructor(private readonly options: DayOptions) {
    const { scenario, feed, solver } = options;
    const pack = applyOverlays(options.pack, scenario);
    const { seed, effort } = scenario;
    this.#planning = { pack, feed, solver, seed, moves: effort.moves, deadlineMs: DEADLINE_MS };
    this.#window = windowOf(scenario, pack.games.time_zone, options.hours);
    this.#plants = new SitePlants(pack);
    this.#shuttles = new ShuttleWorld(pack, this.#events, makeGuide(this.#planning, this.#window));
    this.#storedAtStart = this.#plants.storedKwh;
  }

  async run(): Promise<void> {
    const { start, end } = this.#window;
    this.#every(MINUTE_MS, 'minute', (now) => {
      this.#plants.runMinute(now);
      this.#shuttles.runMinute(now);
      this.options.onProgress?.((now + MINUTE_MS - start) / (end - start));
    });
    if (this.options.run === 'planned') this.#plan();
    else this.#schedule(followTimetable(this.#planning, start, end));
    await this.#events.runUntil(end);
  }

  sumUp(): Indicators {
    const { meter } = this.#plants;
    const { unserved, meanWaitS } = this.#shuttles.sumUp(this.#window.end);
    // What the batteries hold less than at the start has still to be bought.
    const owedKwh = this.#storedAtStart - this.#plants.storedKwh;
    return {
      energy_cost: meter.cost + owedKwh * meter.meanPrice,
      peak_import_kw: meter.peakImportKw,
      over_limit_kwh: meter.overLimitKwh,
      carbon_kg: meter.carbonKg,
      unserved_passengers: unserved,
      mean_wait_s: meanWaitS,
      vehicle_hours: this.#vehicleMs / HOUR_MS,
    };
  }

  #plan(): void {
    const { energy_minutes, dispatch_minutes } = this.options.scenario.cadence;
    const cadenceMs = dispatch_minutes * MINUTE_MS;
    this.#every(energy_minutes * MINUTE_MS, 'plan', async (now) => {
      this.#plants.tell(await planEnergy(this.#planning, now, this.#plants.socRatio));
    });
    // As before a platform's first plan: what left went by the timetable.
    const { start } = this.#window;
    const before = followTimetable(this.#planning, epochMs(start - DEPARTURE_MEMORY_MS), start);
    this.#departed = before.map(({ departs_ms, ...trip }) => ({ ...trip, departs: epochMs(departs_ms) }));
    this.#every(cadenceMs, 'plan', async (now) => {
      this.#departed = this.#departed.filter(({ departs }) => departs >= now - DEPARTURE_MEMORY_MS);
      const kept = this.#inForce?.departures.filter(({ departs_ms }) => departs_ms >= now) ?? [];
      this.#inForce = await planDispatch(this.#planning, now, {
        departed: this.#departed,
        kept,
        inForce: this.#inForce,
      });
      this.#schedule(untilNext(this.#inForce.departures, now, cadenceMs));
    });
  }

  #schedule(departures: readonly BoundDeparture[]): void {
    const patterns = new Map(patternsOf(this.#planning.feed).map((pattern) => [pattern.id, pattern]));
    const places = placesByVehicle(this.#planning.pack);
    for (const { line, vehicle, pattern: id, departs_ms, busyMs } of departures) {
      const pattern = patterns.get(id);
      if (!pattern) throw new Error(`The feed has no pattern ${id}.`);
      const departs = epochMs(departs_ms);
      this.#events.schedule(departs, 'depart', () => {
        this.#departed.push({ line, pattern: id, vehicle, departs });
        this.#vehicleMs += busyMs;
        this.#shuttles.depart(pattern, places.get(vehicle) ?? 0, departs);
      });
    }
  }

  #every(stepMs: number, phase: 'plan' | 'minute', action: (now: EpochMs) => void | Promise<void>): void {
    const repeat = (now: EpochMs): void => {
      this.#events.schedule(now, phase, async () => {
        await action(now);
        repeat(epochMs(now + stepMs));
      });
    };
    repeat(this.#window.start);
  }
}
