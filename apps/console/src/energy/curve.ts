import { DAY_MS, epochMs, fromCivil, HOUR_MS, toCivil } from '#libs/kernel';
import { type Frame, frameOf, pathThrough, type Sample, x, y } from '../venues/trend-path.js';
import type { Means, Slots } from './wire.js';

/** Equal steps of time from `start_ms` on. */
export interface Steps {
  readonly start_ms: number;
  readonly step_ms: number;
}

/** The one axis of a page's curves: measured up to now, planned from then on. */
export interface Timeline {
  readonly from: number;
  readonly now: number;
  readonly to: number;
  readonly measured: Steps;
  /** Undefined without a plan. */
  readonly planned: Steps | undefined;
}

/** A quantity over time. */
export interface Curve {
  readonly name: string;
  readonly unit: 'kW' | '%';
  /** Measured just now; null when it is not known, undefined when nothing measures it. */
  readonly live: number | null | undefined;
  readonly past: Means;
  readonly planned: Slots;
  /** Planned values are those at the ends of slots, not their means. */
  readonly isAtEnd?: boolean;
  /** One value a slot. */
  readonly upper?: Slots;
  /** As a positive number, one value a slot. */
  readonly lower?: Slots;
}

export interface Drawing {
  readonly frame: Frame;
  readonly past: string;
  readonly planned: string;
  readonly upper: string;
  readonly lower: string;
  /** Where the plan is over a limit. */
  readonly over: readonly { readonly x: number; readonly width: number }[];
}

export const WIDTH = 600;
export const HEIGHT = 48;
/** Less is arithmetic, not over a limit, kW. */
export const TOLERANCE_KW = 1e-3;
/** Nothing at all is drawn on a scale of one kW. */
const LEAST_KW = 1;

export const pastSamples = ({ past, live }: Curve, { measured, now }: Timeline): readonly Sample[] => [
  ...past.flatMap((value, step) =>
    value === null ? [] : [{ ts: measured.start_ms + (step + 0.5) * measured.step_ms, value }],
  ),
  ...(live === null || live === undefined ? [] : [{ ts: now, value: live }]),
];

export const plannedSamples = ({ planned: values, isAtEnd }: Curve, { planned, now }: Timeline): readonly Sample[] =>
  values.flatMap((value, slot) => {
    const ts = planned ? planned.start_ms + (slot + (isAtEnd ? 1 : 0.5)) * planned.step_ms : now;
    return ts <= now ? [] : [{ ts, value }];
  });

/** A curve as SVG paths. Its scale holds values and upper limit; the lower limit only once values come half way to it. */
export const drawCurve = (curve: Curve, timeline: Timeline): Drawing => {
  const { planned: slots, from, to } = timeline;
  const { upper = [], lower = [], planned } = curve;
  const [past, ahead] = [pastSamples(curve, timeline), plannedSamples(curve, timeline)];
  const lowest = Math.min(0, ...[...past, ...ahead].map(({ value }) => value));
  const floor = Math.max(0, ...lower);
  const showsLower = floor > 0 && lowest < -floor / 2;
  const limits = showsLower ? lower.map((value) => ({ ts: from, value: -value })) : [];
  const size = { from, to, width: WIDTH, height: HEIGHT };
  const frame =
    curve.unit === '%'
      ? { ...size, low: 0, high: 1 }
      : frameOf([...past, ...ahead, ...limits], Math.max(LEAST_KW, ...upper), size);
  const isOver = (slot: number): boolean =>
    (planned[slot] ?? 0) > (upper[slot] ?? Infinity) + TOLERANCE_KW ||
    -(planned[slot] ?? 0) > (lower[slot] ?? Infinity) + TOLERANCE_KW;
  return {
    frame,
    past: pathThrough(past, frame, 3 * timeline.measured.step_ms),
    planned: pathThrough(ahead, frame, slots ? 2 * slots.step_ms : 0),
    upper: slots ? stairs(upper, slots, frame) : '',
    lower:
      slots && showsLower
        ? stairs(
            lower.map((value) => -value),
            slots,
            frame,
          )
        : '',
    over: slots
      ? planned.flatMap((_, slot) =>
          isOver(slot)
            ? [{ x: x(frame, slots.start_ms + slot * slots.step_ms), width: (slots.step_ms / (to - from)) * WIDTH }]
            : [],
        )
      : [],
  };
};

/** An SVG path that keeps each value for its slot. */
const stairs = (values: Slots, { start_ms, step_ms }: Steps, frame: Frame): string =>
  values
    .map((value, slot) => {
      const at = y(frame, value).toFixed(1);
      const begin = slot === 0 ? `M${x(frame, start_ms).toFixed(1)} ${at}` : `V${at}`;
      return `${begin}H${x(frame, start_ms + (slot + 1) * step_ms).toFixed(1)}`;
    })
    .join('');

/** Longer than this the axis names every twelfth hour, else every sixth. */
const LONG_MS = 40 * HOUR_MS;

/** Instants in `[from, to)` that the axis names: full hours of the event's own days. */
export const ticksOf = (zone: string, from: number, to: number): readonly number[] => {
  const every = (to - from > LONG_MS ? 12 : 6) * HOUR_MS;
  const midnight = Math.floor(toCivil(zone, epochMs(from)) / DAY_MS) * DAY_MS;
  const ticks: number[] = [];
  for (let civil = midnight; ; civil += every) {
    const tick = fromCivil(zone, civil);
    if (tick >= to) return ticks;
    if (tick >= from) ticks.push(tick);
  }
};
