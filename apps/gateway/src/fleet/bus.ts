import { type EpochMs, HOUR_MS, type Random } from '#libs/kernel';
import type { OrdersMessage, PositionMessage } from '#libs/telemetry';
import { type Pattern, type PatternPath, positionAlong } from '#libs/transport';
import type { Riders } from './riders.js';
import { type Drive, driveTrip, type Position, progressAt, receive } from './vehicle-drive.js';

/** Streets and stops that the reference fleet knows. */
export interface Streets {
  readonly patterns: ReadonlyMap<string, Pattern>;
  /** The way over the ground; undefined where the feed does not tell it. */
  readonly pathOf: (pattern: string) => PatternPath | undefined;
  readonly positionOf: (stop: string) => Position | undefined;
}

export interface BusOptions {
  /** Where it stands before its first trip. */
  readonly home: string;
  readonly places: number;
  readonly streets: Streets;
  readonly riders: Riders;
  readonly random: Random;
}

/** A bus of the reference fleet: it drives its orders through the streets, and takes people on board. */
export class Bus {
  #drive: Drive | undefined;
  /** When the last trip was ordered to leave. */
  #ordered = -Infinity;
  #called = -1;
  /** By call at which they get off. */
  #aboard = new Map<number, number>();
  #stand: string;

  constructor(private readonly options: BusOptions) {
    this.#stand = options.home;
  }

  /** Where it is at `now` under these orders; undefined where nobody knows a position of its stop. */
  move(orders: OrdersMessage | undefined, now: EpochMs): Omit<PositionMessage, 'ts'> | undefined {
    this.#take(orders, now);
    const drive = this.#drive;
    const progress = drive && progressAt(drive, now);
    if (!drive || !progress) return this.#parked();
    this.#callUpTo(drive, progress.call);
    if (progress.call >= drive.calls.length - 1) {
      this.#stand = drive.pattern.stops.at(-1)?.stop ?? this.#stand;
      this.#drive = undefined;
      return this.#parked();
    }
    const path = this.options.streets.pathOf(drive.pattern.id);
    const [from, to] = [path?.stops[progress.call]?.atM, path?.stops[progress.call + 1]?.atM];
    if (!path || from === undefined || to === undefined) return undefined;
    const legMs = (drive.calls[progress.call + 1]?.arrives ?? 0) - (drive.calls[progress.call]?.leaves ?? 0);
    const { bearing, ...at } = positionAlong(path, from + progress.share * (to - from));
    return {
      ...receive(at, this.options.random),
      bearing: Math.round(bearing),
      speed_mps: progress.share > 0 && legMs > 0 ? Math.round((to - from) / (legMs / 10_000)) / 10 : 0,
      trip: drive.trip,
      occupancy: [...this.#aboard.values()].reduce((sum, people) => sum + people, 0),
    };
  }

  /** The newest of its trips whose time has come, once the one before is over. */
  #take(orders: OrdersMessage | undefined, now: EpochMs): void {
    const running = this.#drive && now < (this.#drive.calls.at(-1)?.arrives ?? 0);
    if (running) return;
    const due = (orders?.trips ?? [])
      .filter(({ departs }) => departs <= now && departs > this.#ordered)
      .toSorted((a, b) => b.departs - a.departs)[0];
    const pattern = due && this.options.streets.patterns.get(due.pattern);
    if (!due || !pattern) return;
    const end = pattern.stops.at(-1);
    const isLongAgo = now - due.departs > Math.max(HOUR_MS, (end?.offsetS ?? 0) * 1000);
    const isFirst = this.#ordered === -Infinity;
    if (isLongAgo && !isFirst) return;
    this.#ordered = due.departs;
    // Before it heard anything it drove the timetable.
    if (isLongAgo) {
      this.#stand = end?.stop ?? this.#stand;
      return;
    }
    // After a late arrival the next trip is late as well.
    const departs = Math.max(due.departs, this.#drive?.calls.at(-1)?.leaves ?? 0);
    const trip = `${due.pattern}@${due.departs}`;
    this.#drive = driveTrip(trip, pattern, departs, this.options.random);
    this.#called = -1;
    this.#aboard = new Map();
  }

  #callUpTo({ pattern }: Drive, call: number): void {
    for (let at = this.#called + 1; at <= call; at += 1) {
      this.#aboard.delete(at);
      const aboard = [...this.#aboard.values()].reduce((sum, people) => sum + people, 0);
      for (const [alight, people] of this.options.riders.board(pattern, at, this.options.places - aboard)) {
        this.#aboard.set(alight, (this.#aboard.get(alight) ?? 0) + people);
      }
    }
    this.#called = Math.max(this.#called, call);
  }

  #parked(): Omit<PositionMessage, 'ts'> | undefined {
    const at = this.options.streets.positionOf(this.#stand);
    return at && { ...receive(at, this.options.random), speed_mps: 0, occupancy: 0 };
  }
}
