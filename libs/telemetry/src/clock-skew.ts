/** Messages that are looked back on, those that show how a clock goes now, and how many it takes to say anything. */
const WINDOW = 60;
const RECENT = 10;
const ENOUGH = 5;
/** Sources remembered: they are the pack's; more than that are left out. */
const MAX_SOURCES = 100_000;

/** A sender's clock, as far as it can be known. */
export interface ClockSkew {
  /** Its clock minus ours, seconds of event time; positive when it is ahead. */
  readonly skewS: number;
  /**
   * Ahead: nothing arrives before it is measured, so it is at least so far ahead. Otherwise the sender is behind by at most so much, and
   * it may be the way that takes so long, or the device that waits before it sends.
   */
  readonly proven: boolean;
}

/** How far a clock may be off, ms of event time: what is milliseconds by wall time is speed times as many. */
export interface SkewTolerance {
  readonly aheadMs: number;
  readonly behindMs: number;
}

/** What may be off without being noticed, at a speed of event time: 5 s ahead, 60 s behind. */
export const skewTolerance = (speed: number): SkewTolerance => {
  const scale = Math.max(1, speed);
  return { aheadMs: 5_000 * scale, behindMs: 60_000 * scale };
};

/** The last leads of one sender, ms: newest instant of a message minus its arrival. A ring. */
interface Leads {
  readonly ring: Float64Array;
  count: number;
}

/** The second largest of the last `many` leads, so that one odd reading is no clock. */
const secondLargest = ({ ring, count }: Leads, many: number): number => {
  let [first, second] = [-Infinity, -Infinity];
  for (let back = Math.min(many, count, WINDOW); back >= 1; back--) {
    const lead = ring[(count - back) % WINDOW] ?? -Infinity;
    if (lead > first) [first, second] = [lead, first];
    else if (lead > second) second = lead;
  }
  return second;
};

const spreadOf = ({ ring, count }: Leads): number => {
  const held = ring.subarray(0, Math.min(count, WINDOW));
  return Math.max(...held) - Math.min(...held);
};

const estimate = (leads: Leads): number => {
  const now = secondLargest(leads, RECENT);
  // Once set right, a clock that was ahead is not held against the sender for as long as the window lasts.
  return now > 0 ? now : Math.min(0, secondLargest(leads, WINDOW));
};

/**
 * Estimates how far the clocks of gateways and devices are off, from when their messages arrive. The promptest message tells: its lead is the skew
 * minus the little time that it took. A lead over 0 proves a clock ahead; a lag may be delay alone, so it counts as the clock's only when it is the same in every message.
 */
export class ClockSkews {
  readonly #sources = new Map<string, Leads>();

  /**
   * Takes a message. `newestTs`: newest instant in it by the sender's clock; `arrival`: event time of its arrival; both epoch ms. `buffered`: the sender
   * holds older messages back, or sends them now, so that a lag says nothing of its clock.
   */
  observe(source: string, newestTs: number, arrival: number, buffered: boolean): void {
    const lead = newestTs - arrival;
    if (!Number.isFinite(lead) || (buffered && lead <= 0)) return;
    let leads = this.#sources.get(source);
    if (!leads) {
      if (this.#sources.size >= MAX_SOURCES) return;
      leads = { ring: new Float64Array(WINDOW), count: 0 };
      this.#sources.set(source, leads);
    }
    leads.ring[leads.count % WINDOW] = lead;
    leads.count++;
  }

  /** Undefined until five messages of the source came. */
  find(source: string): ClockSkew | undefined {
    const leads = this.#sources.get(source);
    if (!leads || leads.count < ENOUGH) return undefined;
    const lead = estimate(leads);
    return { skewS: lead / 1000, proven: lead > 0 };
  }

  /** Whether readings by the source's clock are uncertain: it is ahead, or as far behind in each of its last ten messages or more. */
  isWrong(source: string, { aheadMs, behindMs }: SkewTolerance): boolean {
    const leads = this.#sources.get(source);
    if (!leads || leads.count < ENOUGH) return false;
    const lead = estimate(leads);
    if (lead > aheadMs) return true;
    return lead < -behindMs && leads.count >= RECENT && spreadOf(leads) <= behindMs / 2;
  }
}
