import type { EnergyPlan } from '#libs/energy';
import { type Pack, sessionsBetween } from '#libs/games';
import { DAY_MS, type EpochMs, epochMs, fromCivil, HOUR_MS, type Interval, MINUTE_MS } from '#libs/kernel';
import { DEPARTURE_MEMORY_MS, type Feed, patternsOf, type PastDeparture } from '#libs/transport';

import { AlarmWatch } from './alarm-watch.js';
import { Counters } from './counters.js';
import {
  type BoundDeparture,
  followTimetable,
  planDispatch,
  type SimulatedPlan,
  untilNext,
} from './dispatch-planner.js';
import { planEnergy } from './energy-planner.js';
import { EventQueue } from './event-queue.js';
import { Fleet } from './fleet.js';
import type { Indicators } from './indicators.js';
import { LoadZones } from './load-zones.js';
import { makeGuide } from './make-guide.js';
import { Mileage } from './mileage.js';
import { overlayFeed, overlayPack, withoutClosedLines } from './overlays/apply-overlays.js';
import type { Planning } from './planning.js';
import { DepotChargers } from './plants/depot-chargers.js';
import { Punctuality } from './punctuality.js';
import type { Policy, Scenario } from './scenario.js';
import { type ShuttleCall, ShuttleWorld } from './shuttle-world.js';
import { SitePlants } from './site-plants.js';
import { VehicleBatteries } from './vehicle-batteries.js';
import { type Egress, Waits } from './waits.js';
import type { World } from './world/world.js';
import { type DayWorld, WorldChanges } from './world/world-changes.js';

/** A safety for each plan; an effort decides, not time. */
const DEADLINE_MS = 120_000;
/** A vehicle that is free so long after its departure was due does not leave any more. */
const LATEST_MS = 30 * MINUTE_MS;
const SAMPLE_MS = 15 * MINUTE_MS;
/** Whose leaving a session's people are, around its end. */
const EGRESS_BEFORE_MS = 5 * MINUTE_MS;
const EGRESS_AFTER_MS = 45 * MINUTE_MS;

/** How a day stands at a time. */
export interface DaySample {
  readonly at_ms: number;
  /** People at stops. */
  readonly waiting: number;
  /** By stop, where somebody waits. */
  readonly queues: Readonly<Record<string, number>>;
  /** Mean of the quarter of an hour before, in the order of the pack's feeders. */
  readonly feeder_kw: readonly number[];
  /** State of charge by venue, of those with a battery. */
  readonly soc_ratio: Readonly<Record<string, number>>;
}

/** How much a day came to. */
export interface DaySize {
  /** Who wanted to go. */
  readonly people: number;
  /** Of the engine. */
  readonly events: number;
}

export interface DayOptions {
  readonly scenario: Scenario;
  readonly pack: Pack;
  readonly feed: Feed;
  readonly solver: Planning['solver'];
  readonly policy: Policy;
  readonly world: World;
  /** Hours from midnight that are run; 24 is the civil day, whatever its length. */
  readonly hours?: number;
  readonly onProgress?: (ratio: number) => void;
  /** Every quarter of an hour. */
  readonly onSample?: (sample: DaySample) => void;
  /** Whenever a vehicle calls at a stop. */
  readonly onCall?: (call: ShuttleCall) => void;
  readonly onEnd?: (size: DaySize) => void;
}

/** One civil day of a scenario under a policy, event by event. The same options give the same indicators. */
export const runDay = async (options: DayOptions): Promise<Indicators> => {
  const day = new Day(options);
  await day.run();
  return day.sumUp();
};

/** The scenario's civil day in the pack's time zone. */
export const dayWindow = ({ day }: Pick<Scenario, 'day'>, { games }: Pick<Pack, 'games'>, hours?: number): Interval => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const start = fromCivil(games.time_zone, midnight);
  const end = hours === undefined ? fromCivil(games.time_zone, midnight + DAY_MS) : epochMs(start + hours * HOUR_MS);
  return { start, end };
};

class Day {
  readonly #events = new EventQueue();
  readonly #planning: Planning;
  readonly #window: Interval;
  readonly #world: DayWorld;
  readonly #counters: Counters;
  readonly #plants: SitePlants;
  readonly #waits: Waits;
  readonly #shuttles: ShuttleWorld;
  readonly #fleet: Fleet;
  readonly #batteries: VehicleBatteries;
  readonly #chargers: DepotChargers;
  readonly #storedAtStart: number;
  readonly #mileage = new Mileage();
  readonly #zones: LoadZones;
  readonly #alarms: AlarmWatch;
  #violations: EnergyPlan['violations'] = [];
  #shortfallKwh = 0;
  #departed: PastDeparture[] = [];
  #inForce: SimulatedPlan | undefined;
  #vehicleMs = 0;
  #left = 0;
  #cancelled = 0;
  #changes = 0;

  constructor(private readonly options: DayOptions) {
    const { scenario, solver, world, policy } = options;
    const { overlays, seed, effort } = scenario;
    const pack = overlayPack(options.pack, overlays);
    const feed = overlayFeed(options.feed, overlays);
    const known = withoutClosedLines(pack, overlays);
    this.#planning = { pack: known, feed, solver, seed, moves: effort.moves, deadlineMs: DEADLINE_MS };
    this.#window = dayWindow(scenario, pack, options.hours);
    this.#world = { world, changes: new WorldChanges(pack, overlays, this.#window) };
    this.#counters = new Counters(pack, this.#window, this.#world);
    this.#batteries = new VehicleBatteries(pack, world);
    this.#chargers = new DepotChargers(pack, this.#batteries);
    this.#plants = new SitePlants(pack, this.#window, this.#world, policy.energy, this.#chargers);
    this.#waits = new Waits(listEgresses(pack, this.#window, this.#world.changes));
    const guide = makeGuide(this.#planning, this.#window);
    const punctuality = new Punctuality(pack, this.#window, guide);
    this.#shuttles = new ShuttleWorld(
      pack,
      this.#events,
      guide,
      this.#counters,
      this.#world,
      this.#waits,
      punctuality,
      options.onCall,
    );
    this.#zones = new LoadZones(pack.transport.load_zones ?? []);
    this.#alarms = new AlarmWatch(pack);
    this.#fleet = new Fleet(pack, world, this.#window);
    this.#storedAtStart = this.#plants.storedKwh;
  }

  async run(): Promise<void> {
    const { start, end } = this.#window;
    const { policy, onProgress } = this.options;
    this.#every(MINUTE_MS, 'minute', (now) => {
      this.#counters.runMinute(now);
      this.#goCharge(now);
      this.#plants.runMinute(now);
      this.#shuttles.runMinute(now);
      this.#zones.look((stop) => this.#shuttles.waitingAt(stop));
      this.#alarms.look(now, this.#plants.gridKw, this.#violations);
      onProgress?.((now + MINUTE_MS - start) / (end - start));
    });
    this.#every(SAMPLE_MS, 'plan', (at) => {
      if (at === start) return;
      this.options.onSample?.({
        at_ms: at,
        waiting: this.#shuttles.waiting,
        queues: this.#shuttles.queues,
        feeder_kw: this.#plants.meter.feederLoads(at),
        soc_ratio: Object.fromEntries(this.#plants.socRatio),
      });
    });
    if (policy.energy === 'planned') this.#planEnergy();
    if (policy.dispatch === 'timetable') this.#follow(followTimetable(this.#planning, start, end));
    else this.#planDispatch(policy.dispatch === 'dispatch_with_forecast');
    await this.#events.runUntil(end);
    this.#shuttles.close(end);
    this.options.onEnd?.({ people: this.#waits.all.people, events: this.#events.ran });
  }

  sumUp(): Indicators {
    const { meter } = this.#plants;
    const { all, byGroup } = this.#waits;
    const { start, end } = this.#window;
    // What stores hold less than at the start, and tasks are behind, has still to be bought. What vehicles took is in their price by km.
    const owedKwh =
      this.#storedAtStart - this.#plants.storedKwh + this.#plants.behindKwh(end) - this.#chargers.givenKwh;
    const { running, unservedKwh } = this.#plants;
    return {
      mean_wait_s: all.mean_s,
      p95_wait_s: all.p95_s,
      worst_wait_s: all.worst_s,
      unserved_passengers: this.#waits.unserved,
      left_behind: this.#waits.leftBehind,
      clear_50_min: this.#waits.clearMinutes(0.5),
      clear_90_min: this.#waits.clearMinutes(0.9),
      clear_99_min: this.#waits.clearMinutes(0.99),
      late_arrivals: this.#waits.lateArrivals,
      peak_density_per_m2: this.#zones.peak,
      dense_minutes: this.#zones.minutesOver,
      vehicle_hours: this.#vehicleMs / HOUR_MS,
      vehicle_km: this.#mileage.km,
      empty_share: this.#mileage.emptyShare,
      driver_hours: this.#mileage.driverHours,
      departures: this.#left,
      cancelled_departures: this.#cancelled,
      plan_changes_per_hour: this.#changes / ((end - start) / HOUR_MS),
      energy_cost: meter.cost + running.cost + owedKwh * meter.meanPrice,
      import_kwh: meter.importKwh,
      peak_import_kw: meter.peakImportKw,
      peak_feeder_ratio: meter.peakFeederRatio,
      over_limit_kwh: meter.overLimitKwh,
      unserved_kwh: [...unservedKwh.values()].reduce((sum, kwh) => sum + kwh, 0),
      shed_kwh: this.#plants.shedKwh,
      uncharged_kwh: this.#batteries.missingKwh,
      reserve_shortfall_kwh: this.#shortfallKwh,
      carbon_kg: meter.carbonKg + running.carbonKg,
      alarms: this.#alarms.raised,
      ...Object.fromEntries([...unservedKwh].map(([tier, kwh]) => [`unserved_kwh.${tier}`, kwh])),
      ...Object.fromEntries(
        [...byGroup].flatMap(([group, { mean_s, p95_s, worst_s }]) => [
          [`mean_wait_s.${group}`, mean_s],
          [`p95_wait_s.${group}`, p95_s],
          [`worst_wait_s.${group}`, worst_s],
        ]),
      ),
    };
  }

  #planEnergy(): void {
    const { changes } = this.#world;
    const cadenceMs = this.options.scenario.cadence.energy_minutes * MINUTE_MS;
    let before: Awaited<ReturnType<typeof planEnergy>> | undefined;
    this.#every(cadenceMs, 'plan', async (now) => {
      const outages = changes
        .deadFeeders(now)
        .map(({ feeder, start, end }) => ({ of: 'feeder' as const, id: feeder, from: start, until: end }));
      const sessions = changes.late
        .filter(({ planned }) => now >= planned.end)
        .map(({ id, venue, planned, lateMs }) => {
          const ends = epochMs(planned.end + lateMs);
          return {
            venue,
            session: id,
            state: now < ends ? ('over_time' as const) : ('ended' as const),
            expectedEnd: ends,
          };
        });
      const charging = this.#inForce?.charging ?? [];
      before = await planEnergy(this.#planning, now, this.#plants, { outages, sessions, charging }, before?.vertex);
      const { setpoints, violations } = before.plan;
      this.#plants.tell(setpoints);
      this.#violations = violations;
      this.#shortfallKwh += shortfallKwh(violations, now, epochMs(now + cadenceMs));
    });
  }

  #planDispatch(days: boolean): void {
    const cadenceMs = this.options.scenario.cadence.dispatch_minutes * MINUTE_MS;
    // As before a platform's first plan: what left went by the timetable.
    const { start } = this.#window;
    const before = followTimetable(this.#planning, epochMs(start - DEPARTURE_MEMORY_MS), start);
    this.#departed = before.departures.map(({ line, pattern, vehicle, departs_ms }) => ({
      line,
      pattern,
      vehicle,
      departs: epochMs(departs_ms),
    }));
    this.#every(cadenceMs, 'plan', async (now) => {
      this.#departed = this.#departed.filter(({ departs }) => departs >= now - DEPARTURE_MEMORY_MS);
      const kept = this.#inForce?.departures.filter(({ departs_ms }) => departs_ms >= now) ?? [];
      const sessions = this.#world.changes.late
        .filter(({ planned }) => now >= planned.end)
        .map(({ venue, planned, lateMs }) => {
          const ends = epochMs(planned.end + lateMs);
          return { venue, planned, state: now < ends ? ('over_time' as const) : ('ended' as const), ends };
        });
      const next = await planDispatch(this.#planning, now, this.#counters, days, {
        departed: this.#departed,
        kept,
        inForce: this.#inForce,
        sessions,
        late: this.#fleet.lateAt(now),
        broken: this.#fleet.brokenAt(now),
      });
      this.#changes += countChanges(kept, next.departures, this.#inForce);
      this.#inForce = next;
      this.#chargers.follow(next.charging);
      this.#follow({ problem: next.problem, departures: untilNext(next.departures, now, cadenceMs) });
    });
  }

  #follow({ problem, departures }: Pick<SimulatedPlan, 'problem' | 'departures'>): void {
    this.#mileage.know(problem);
    const patterns = new Map(patternsOf(this.#planning.feed).map((pattern) => [pattern.id, pattern]));
    for (const departure of departures) {
      const pattern = patterns.get(departure.pattern);
      if (!pattern) throw new Error(`The feed has no pattern ${departure.pattern}.`);
      const { vehicle, departs_ms } = departure;
      const due = epochMs(departs_ms);
      const tryAt = (at: EpochMs, phase: 'depart' | 'minute'): void => {
        this.#events.schedule(at, phase, () => {
          const free = this.#fleet.freeAt(vehicle, at);
          const km = this.#mileage.kmOf(vehicle, departure.way);
          // Without the charge for it, or free too late, it does not leave.
          if (free === at && this.#batteries.canDrive(vehicle, km)) this.#depart(departure, pattern, at);
          else if (free === at || free > due + LATEST_MS) this.#cancelled += 1;
          // Who is due to arrive now may do so after this.
          else if (phase === 'depart') tryAt(at, 'minute');
          else tryAt(free, 'minute');
        });
      };
      tryAt(due, 'depart');
    }
  }

  #depart(
    { line, vehicle, departs_ms, busyMs, way }: BoundDeparture,
    pattern: Parameters<ShuttleWorld['depart']>[0],
    at: EpochMs,
  ): void {
    this.#departed.push({ line, pattern: pattern.id, vehicle, departs: at });
    this.#left += 1;
    this.#vehicleMs += busyMs;
    this.#fleet.leave(vehicle, { departs_ms, at, busyMs });
    this.#chargers.leave(vehicle);
    this.#batteries.drive(vehicle, this.#mileage.kmOf(vehicle, way));
    this.#mileage.leave(vehicle, way, at);
    const lastS = pattern.stops.at(-1)?.offsetS ?? 0;
    // After the last stop it is bound for as long as planned.
    const afterMs = Math.max(0, busyMs - lastS * 1000);
    this.#shuttles.depart(pattern, this.#fleet.placesOf(vehicle), at, (arrives) => {
      const free = epochMs(arrives + afterMs);
      this.#vehicleMs += free - at - busyMs;
      this.#fleet.arrive(vehicle, free);
      this.#mileage.arrive(vehicle, free);
      this.#chargers.stand(vehicle, way.to_place);
    });
  }

  /** Who is to charge by the plan and stands elsewhere goes to the depot; empty rides are made in time. */
  #goCharge(now: EpochMs): void {
    for (const { vehicle, place } of this.#chargers.missingAt(now)) {
      if (this.#fleet.freeAt(vehicle, now) !== now) continue;
      this.#batteries.drive(vehicle, this.#mileage.goEmpty(vehicle, place, now));
      this.#chargers.stand(vehicle, place);
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

/** What would be missing after a loss between two plans, as the first of them says it: each loss by itself, at its worst. */
const shortfallKwh = (violations: EnergyPlan['violations'], from: EpochMs, until: EpochMs): number =>
  violations
    .filter(({ tier }) => tier === 'reserve')
    .reduce((sum, { from_ms, until_ms, worst_kw }) => {
      const ms = Math.max(0, Math.min(until, until_ms) - Math.max(from, from_ms));
      return sum + (worst_kw * ms) / HOUR_MS;
    }, 0);

/** Who leaves a venue by shuttle around the end of a session. */
const listEgresses = (pack: Pack, window: Interval, { late }: WorldChanges): readonly Egress[] =>
  sessionsBetween(pack, window).flatMap(({ id, venue, end }) => {
    const stop = pack.venues.find((one) => one.id === venue)?.stop;
    const ends = epochMs(end + (late.find((one) => one.id === id)?.lateMs ?? 0));
    if (stop === undefined || ends + EGRESS_AFTER_MS > window.end) return [];
    return [{ stop, from: epochMs(ends - EGRESS_BEFORE_MS), until: epochMs(ends + EGRESS_AFTER_MS), ends }];
  });

/** Departures that the plan before had and this one has not, or the other way round, within the time of both. */
const countChanges = (
  kept: readonly { readonly pattern: string; readonly departs_ms: number }[],
  next: readonly { readonly pattern: string; readonly departs_ms: number }[],
  before: SimulatedPlan | undefined,
): number => {
  if (!before) return 0;
  const { start, slotMs, count } = before.problem.grid;
  const end = start + slotMs * count;
  const keyOf = ({ pattern, departs_ms }: { readonly pattern: string; readonly departs_ms: number }): string =>
    `${pattern} ${departs_ms}`;
  const counts = new Map<string, number>();
  for (const one of kept) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  for (const one of next) if (one.departs_ms < end) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count_) => sum + Math.abs(count_), 0);
};
