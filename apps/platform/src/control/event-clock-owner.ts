import { type Clock, type EpochMs, epochMs, type EventClock, eventTimeAt } from '#libs/kernel';
import type { OperationsStore } from '#libs/store';

export const CHECKPOINT_MS = 10_000;
/** One checkpoint may be missed before event time reaches what is reserved. */
const INTERVALS_AHEAD = 2;

type ClockStore = Pick<OperationsStore, 'loadClock' | 'saveClock' | 'releaseClock'>;

export interface ClockStart {
  /** Event time now, unless the store has reserved more. */
  readonly begin: EpochMs;
  readonly speed: number;
}

/**
 * Event time, in the hands of its one owner. It starts at the later of where it is to begin and what was reserved in the store, and reserves time ahead
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
  static async start(store: ClockStore, wall: Clock, { begin, speed }: ClockStart): Promise<EventClockOwner> {
    const stored = await store.loadClock();
    const eventMs = epochMs(Math.max(begin, stored?.reservedEventMs ?? begin));
    const owner = new EventClockOwner({ eventMs, wallMs: wall.now(), speed }, wall, store);
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
