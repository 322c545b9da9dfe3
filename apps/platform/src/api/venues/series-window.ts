import { type EpochMs, epochMs, fail, ok, type Result } from '#libs/kernel';
import { z } from 'zod';

export const MAX_STEPS = 5_000;
const AIMED_STEPS = 500;
const DAY_MS = 86_400_000;
const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(2100, 0);
/** Steps that are offered when none is asked for, seconds. */
const USUAL_STEPS = [60, 300, 900, 3_600, 86_400];
const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

const readInstant = (text: string): number => (/^\d{1,16}$/.test(text) ? Number(text) : Date.parse(text));

const instant = z
  .string()
  .refine((text) => /^\d{1,16}$/.test(text) || z.iso.datetime({ offset: true }).safeParse(text).success, {
    message: 'give epoch milliseconds, or ISO 8601 with an offset such as 2026-02-06T19:00:00Z',
  })
  .transform(readInstant)
  .refine((value) => value >= EARLIEST && value < LATEST, 'give a time between 2000 and 2100');

const step = z
  .string()
  .regex(/^[1-9]\d{0,7}[smhd]?$/, 'give seconds, or a number with s, m, h or d such as 15m')
  .transform((text) => {
    const unit = text.at(-1);
    const factor = unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNIT_SECONDS[unit] : 1;
    return Number.parseInt(text, 10) * factor;
  })
  .refine((value) => value <= UNIT_SECONDS.d * 31, 'give at most 31d');

/** Parameters of a series. `from` and `to` as epoch ms or ISO 8601, `step` in seconds or as 15m. */
export const seriesQuery = z.strictObject({
  point: z.string().min(1).max(128),
  from: instant.optional(),
  to: instant.optional(),
  step: step.optional(),
});
export type SeriesQuery = z.infer<typeof seriesQuery>;

export interface SeriesWindow {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly stepSeconds: number;
}

/** Fills in what was left out: the last 24 hours before `now`, in about 500 steps; or says what is allowed. */
export const seriesWindow = (query: Omit<SeriesQuery, 'point'>, now: EpochMs): Result<SeriesWindow, string> => {
  const to = query.to ?? Math.max(now, (query.from ?? 0) + 1);
  const from = query.from ?? to - DAY_MS;
  if (from >= to) return fail(`from (${from}) must be before to (${to}).`);
  const spanSeconds = (to - from) / 1000;
  const usual = USUAL_STEPS.find((seconds) => spanSeconds / seconds <= AIMED_STEPS);
  const stepSeconds = query.step ?? usual ?? Math.ceil(spanSeconds / AIMED_STEPS);
  // What was left out begins with a step, so that the rollups answer it.
  const start = query.from ?? Math.floor(from / (stepSeconds * 1000)) * stepSeconds * 1000;
  const steps = Math.ceil((to - start) / 1000 / stepSeconds);
  if (steps > MAX_STEPS)
    return fail(
      `${steps} steps of ${stepSeconds} s are too many; at most ${MAX_STEPS} are given. Perhaps step=${Math.ceil(spanSeconds / MAX_STEPS)}, or less time.`,
    );
  return ok({ from: epochMs(start), to: epochMs(to), stepSeconds });
};
