import type { RoadSettings } from '#libs/games';

const MINUTES = 1440;
const DAY_S = 86_400;

/** How fast traffic is over a civil day, as a factor of free speed that is constant from minute to minute. */
export interface SpeedProfile {
  /** By minute of the day. */
  readonly factors: Float64Array;
  /** By minute of the day: the minute at which another factor begins; 1440 at the day's end. */
  readonly untilMinute: Uint16Array;
}

type SpeedRule = NonNullable<RoadSettings['speed']>[number];

/** The profile of roads with this name. Where several rules hold at once, the slowest counts. */
export const speedProfile = (rules: readonly SpeedRule[], name: string | undefined): SpeedProfile => {
  const own = rules.filter(({ names }) => !names || (name !== undefined && names.includes(name)));
  const factors = new Float64Array(MINUTES);
  for (let minute = 0; minute < MINUTES; minute++) {
    const holding = own.filter(({ from, to }) => isBetween(minute, minuteOf(from), minuteOf(to)));
    factors[minute] = holding.length === 0 ? 1 : Math.min(...holding.map(({ factor }) => factor));
  }
  const untilMinute = new Uint16Array(MINUTES);
  for (let minute = MINUTES - 1; minute >= 0; minute--) {
    const same = minute + 1 < MINUTES && factors[minute + 1] === factors[minute];
    untilMinute[minute] = same ? (untilMinute[minute + 1] ?? MINUTES) : minute + 1;
  }
  return { factors, untilMinute };
};

/**
 * Seconds on a road that takes `freeS` at free speed, entered `second` seconds into the civil day. The speed changes while the
 * vehicle is on the road, so who enters later never arrives earlier (Ichoua, Gendreau and Potvin 2003).
 */
export const travelSeconds = ({ factors, untilMinute }: SpeedProfile, freeS: number, second: number): number => {
  let now = ((second % DAY_S) + DAY_S) % DAY_S;
  let left = freeS;
  let passed = 0;
  for (;;) {
    const minute = Math.min(MINUTES - 1, Math.floor(now / 60));
    const factor = factors[minute] ?? 1;
    const until = (untilMinute[minute] ?? MINUTES) * 60;
    const reach = (until - now) * factor;
    if (left <= reach) return passed + left / factor;
    left -= reach;
    passed += until - now;
    now = until >= DAY_S ? 0 : until;
  }
};

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** From `from` up to, not including, `to`; past midnight where `to` is not after `from`. */
const isBetween = (minute: number, from: number, to: number): boolean =>
  from < to ? from <= minute && minute < to : minute >= from || minute < to;
