import {
  feederPath,
  type GridConnection,
  listConnections,
  type Pack,
  plannedOutages,
  sessionsBetween,
} from '#libs/games';
import { contains, type EpochMs, epochMs, HOUR_MS, type Interval, MINUTE_MS } from '#libs/kernel';
import { overlaysOf } from '../overlays/apply-overlays.js';
import type { Overlay, OverlayOf } from '../overlays/overlay-schema.js';
import type { World } from './world.js';

/** People leave from shortly before a session's end, and most of them within the hour after it. */
const LEAVING_BEFORE_MS = 5 * MINUTE_MS;
const LEAVING_AFTER_MS = HOUR_MS;

/** A mean over time: people who pass a counter in a minute, or a load in kW. */
export type MeanOverTime = (at: EpochMs) => number;

/** A session that ends later than the pack says. */
export interface LateSession {
  readonly id: string;
  readonly venue: string;
  readonly planned: Interval;
  readonly lateMs: number;
}

/** What overlays change in the world, beside what planners know of. */
export class WorldChanges {
  readonly late: readonly LateSession[];
  readonly #planned: ReadonlyMap<string, readonly Interval[]>;
  readonly #out: readonly OverlayOf<'asset'>[];
  readonly #dark: readonly (Interval & { readonly feeder: string })[];

  constructor(
    private readonly pack: Pack,
    private readonly overlays: readonly Overlay[],
    private readonly day: Interval,
  ) {
    const sessions = new Map(sessionsBetween(pack, day).map((one) => [one.id, one]));
    this.late = overlaysOf(overlays, 'session').flatMap(({ session, late_minutes }) => {
      const known = sessions.get(session);
      if (!known) return [];
      const { id, venue, start, end } = known;
      return [{ id, venue, planned: { start, end }, lateMs: late_minutes * MINUTE_MS }];
    });
    this.#planned = new Map(
      pack.venues.flatMap(listConnections).map((connection) => [connection.id, plannedOutages(pack, connection)]),
    );
    this.#out = overlaysOf(overlays, 'asset');
    this.#dark = overlaysOf(overlays, 'feeder_trip').map(({ feeder, from, minutes }) => {
      const start = this.#clock(from);
      return { feeder, start, end: epochMs(start + minutes * MINUTE_MS) };
    });
  }

  /** Feeders that are dead at an instant, and until when. */
  deadFeeders(at: EpochMs): readonly (Interval & { readonly feeder: string })[] {
    return this.#dark.filter(({ start, end }) => start <= at && at < end);
  }

  /** Whether a connection has no power: by the pack, or with a feeder that it hangs on. */
  isDead(connection: GridConnection, at: EpochMs): boolean {
    const dead = this.deadFeeders(at);
    if (dead.length > 0) {
      const path = feederPath(this.pack.feeders, connection.feeder);
      if (dead.some(({ feeder }) => path.includes(feeder))) return true;
    }
    return (this.#planned.get(connection.id) ?? []).some((outage) => contains(outage, at));
  }

  /** Whether an asset of a venue is out of order. */
  isOut(venue: string, asset: string, at: EpochMs): boolean {
    return this.#out.some((one) => one.venue === venue && one.asset === asset && this.#isWithin(one, at));
  }

  attendanceScale(venue: string): number {
    return overlaysOf(this.overlays, 'attendance')
      .filter((one) => one.venue === undefined || one.venue === venue)
      .reduce((all, { scale }) => all * scale, 1);
  }

  drivingScale(line: string, at: EpochMs): number {
    const roads = overlaysOf(this.overlays, 'road').filter((one) => !one.lines || one.lines.includes(line));
    return this.#product([...roads, ...overlaysOf(this.overlays, 'weather')], at, (one) => one.travel_time_scale);
  }

  loadScale(at: EpochMs): number {
    return this.#product(overlaysOf(this.overlays, 'weather'), at, (one) => one.load_scale);
  }

  sunScale(at: EpochMs): number {
    return this.#product(overlaysOf(this.overlays, 'weather'), at, (one) => one.sun_scale);
  }

  /** Whether a counter's count of a minute arrives. */
  arrives(venue: string, point: string, at: EpochMs): boolean {
    return !overlaysOf(this.overlays, 'sensor').some(
      (one) => one.venue === venue && one.point === point && this.#isWithin(one, at),
    );
  }

  /** A mean of a venue as it is when its sessions end late: what was around their ends comes so much later, and until then it is as it was before. */
  delayed(venue: string, mean: MeanOverTime): MeanOverTime {
    const own = this.late.filter((one) => one.venue === venue);
    return own.reduce<MeanOverTime>(
      (before, { planned, lateMs }) =>
        (at) => {
          const from = planned.end - LEAVING_BEFORE_MS;
          if (at < from || at >= planned.end + LEAVING_AFTER_MS + lateMs) return before(at);
          return before(epochMs(at < from + lateMs ? from - MINUTE_MS : at - lateMs));
        },
      mean,
    );
  }

  #product<O extends { readonly from?: string | undefined; readonly until?: string | undefined }>(
    overlays: readonly O[],
    at: EpochMs,
    scaleOf: (one: O) => number | undefined,
  ): number {
    return overlays.reduce((all, one) => (this.#isWithin(one, at) ? all * (scaleOf(one) ?? 1) : all), 1);
  }

  #isWithin(
    { from = '00:00', until = '24:00' }: { readonly from?: string | undefined; readonly until?: string | undefined },
    at: EpochMs,
  ): boolean {
    return this.#clock(from) <= at && at < this.#clock(until);
  }

  /** Of the day, whose hours are counted from its midnight; a day with a change of the clock is off by an hour after it. */
  #clock(time: string): EpochMs {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return epochMs(this.day.start + hours * HOUR_MS + minutes * MINUTE_MS);
  }
}

/** What both say of the world: chance and error, and what a scenario changes. */
export interface DayWorld {
  readonly world: World;
  readonly changes: WorldChanges;
}
