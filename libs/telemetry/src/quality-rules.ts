import type { ReadingMessage } from './messages.js';
import type { KnownPoint } from './point-directory.js';
import { QUALITY, QUALITY_REASONS } from './quality.js';

/** So many readings in a row that follow from one another are believed, however far they are from what was before. */
const BELIEVED_AFTER = 3;
/** So many readings in a row that are older than the newest: either a backlog, or the newest was ahead of its time. They are judged from there on. */
const RESTART_AFTER = 30;

/** What is remembered of a point. Instants are epoch ms by the sender. */
interface History {
  /** Newest reading that was judged in its order, and since when the value has been the same without a break. */
  ts: number;
  value: number;
  since: number;
  /** Newest plausible reading: what the rate of change is taken against. */
  plausibleTs: number;
  plausible: number;
  /** Newest reading that changed too fast, and how many have followed from one another. */
  suspectTs: number;
  suspect: number;
  suspects: number;
  /** Readings in a row that were not newer. */
  late: number;
}

const { bad, uncertain } = QUALITY;

/** Whether a value changed faster than is possible. Never at equal times, which say nothing of a rate. */
const isTooFast = (fromTs: number, from: number, ts: number, to: number, maxRatePerS: number): boolean =>
  Math.abs(to - from) * 1000 > maxRatePerS * (ts - fromTs);

/**
 * Judges readings by their points' rules. Keeps a few numbers a point (the points are the pack's, so they are bounded), and makes nothing
 * new on the way of a reading of a known point.
 */
export class QualityRules {
  readonly #histories = new Map<number, History>();

  /**
   * The quality to store: level and reasons of `QUALITY` and `QUALITY_REASONS`. `value` is finite, in the point's unit; `ts` epoch ms; `reported`
   * what the sender says; `clockWrong` whether its clock is known to be wrong. A reading that is not newer than the last of its point (late,
   * repeated) is checked for its range only, and so is one of a wrong clock or that the sender calls bad. What is out of range is no measure for the next.
   */
  judge(point: KnownPoint, ts: number, value: number, reported: ReadingMessage['quality'], clockWrong = false): number {
    let level: number = QUALITY[reported];
    let reasons = reported === 'good' ? 0 : QUALITY_REASONS.reported;
    if (clockWrong) {
      level = level === bad ? bad : uncertain;
      reasons |= QUALITY_REASONS.clock;
    }
    const inRange = value >= point.min && value <= point.max;
    if (!inRange) {
      level = bad;
      reasons |= QUALITY_REASONS.out_of_range;
    }
    if (reported === 'bad' || clockWrong || (point.maxRatePerS === undefined && point.stuckAfterS === undefined)) {
      return level | reasons;
    }
    const found = this.#checkHistory(point, ts, value, inRange);
    if (found === 0) return level | reasons;
    return (level === bad ? bad : uncertain) | reasons | found;
  }

  #checkHistory({ id, maxRatePerS, stuckAfterS }: KnownPoint, ts: number, value: number, inRange: boolean): number {
    const history = this.#histories.get(id);
    if (!history) {
      if (inRange) this.#histories.set(id, begin(ts, value));
      return 0;
    }
    if (ts <= history.ts) {
      if (++history.late >= RESTART_AFTER && inRange) this.#histories.set(id, begin(ts, value));
      return 0;
    }
    history.late = 0;
    let found = 0;
    if (stuckAfterS !== undefined && isStuck(history, ts, value, stuckAfterS * 1000)) found |= QUALITY_REASONS.stuck;
    history.ts = ts;
    history.value = value;
    if (maxRatePerS !== undefined && inRange && jumps(history, ts, value, maxRatePerS)) found |= QUALITY_REASONS.rate;
    return found;
  }
}

const begin = (ts: number, value: number): History => ({
  ts,
  value,
  since: ts,
  plausibleTs: ts,
  plausible: value,
  suspectTs: ts,
  suspect: value,
  suspects: 0,
  late: 0,
});

/** A silence as long as the limit says nothing of what the sensor did meanwhile. */
const isStuck = (history: History, ts: number, value: number, afterMs: number): boolean => {
  if (value !== history.value || ts - history.ts >= afterMs) history.since = ts;
  return ts - history.since >= afterMs;
};

/** After a spike the way back is measured from before it, and a new level is believed when it lasts. */
const jumps = (history: History, ts: number, value: number, maxRatePerS: number): boolean => {
  const tooFast = isTooFast(history.plausibleTs, history.plausible, ts, value, maxRatePerS);
  if (tooFast) {
    const follows = history.suspects > 0 && !isTooFast(history.suspectTs, history.suspect, ts, value, maxRatePerS);
    history.suspects = follows ? history.suspects + 1 : 1;
    history.suspectTs = ts;
    history.suspect = value;
    if (history.suspects < BELIEVED_AFTER) return true;
  }
  history.suspects = 0;
  history.plausibleTs = ts;
  history.plausible = value;
  return false;
};
