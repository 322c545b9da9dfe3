import {
  type Clock,
  DAY_MS,
  type EpochMs,
  epochMs,
  type EventClock,
  eventTimeAt,
  fromCivil,
  MINUTE_MS,
  toCivil,
} from '#libs/kernel';
import type { OperationsStore } from '#libs/store';

export const CHECKPOINT_MS = 10_000;
/** One checkpoint may be missed before event time reaches what is reserved. */
const INTERVALS_AHEAD = 2;

type ClockStore = Pick<OperationsStore, 'loadClock' | 'saveClock' | 'releaseClock'>;

/**
 * Event time, in the hands of its one owner. It starts at the later of the wall clock and what was reserved in the store, and reserves time ahead
 * at each checkpoint: so it never runs back, not even after the process was killed. A wall clock that is set back holds it still.
 */
export class EventClockOwner {
  private latest: EpochMs;

  private constructor(
    /** The relation of event time to wall time, as it is published. */
    readonly clock: EventClock,
    private readonly wall: Clock,
    private readonly store: ClockStore,
  ) {
    this.latest = clock.eventMs;
  }

  /** Nothing has seen its time when this resolves, and what is seen next is reserved. */
  static async start(store: ClockStore, wall: Clock, speed: number): Promise<EventClockOwner> {
    const stored = await store.loadClock();
    const wallMs = wall.now();
    const eventMs = epochMs(Math.max(wallMs, stored?.reservedEventMs ?? 0));
    const owner = new EventClockOwner({ eventMs, wallMs, speed }, wall, store);
    await owner.checkpoint();
    return owner;
  }

  now(): EpochMs {
    this.latest = epochMs(Math.max(this.latest, eventTimeAt(this.clock, this.wall.now())));
    return this.latest;
  }

  wallNow(): EpochMs {
    return this.wall.now();
  }

  /** To be called every CHECKPOINT_MS of wall time. */
  async checkpoint(): Promise<void> {
    await this.store.saveClock(epochMs(this.now() + INTERVALS_AHEAD * CHECKPOINT_MS * this.clock.speed));
  }

  /** An orderly end: the next start goes on from here, without the reserve. */
  async release(): Promise<void> {
    await this.store.releaseClock(this.now());
  }
}

/** Where event time begins in a new store: now, or when it is next the given minute of the event's day. */
export const firstInstant = (timeZone: string, minuteOfDay: number | undefined, now: EpochMs): EpochMs => {
  if (minuteOfDay === undefined) return now;
  const today = Math.floor(toCivil(timeZone, now) / DAY_MS) * DAY_MS;
  const instants = [0, 1].map((day) => fromCivil(timeZone, today + day * DAY_MS + minuteOfDay * MINUTE_MS));
  return instants.find((instant) => instant >= now) ?? now;
};
