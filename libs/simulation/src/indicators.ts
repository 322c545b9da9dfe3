import { z } from 'zod';

/** What a day came to. Money in the pack's currency. */
export const INDICATORS = [
  'energy_cost',
  'peak_import_kw',
  'over_limit_kwh',
  'carbon_kg',
  'unserved_passengers',
  'mean_wait_s',
  'vehicle_hours',
] as const;
export type Indicator = (typeof INDICATORS)[number];
export type Indicators = Readonly<Record<Indicator, number>>;

const bounds = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
const boundsOfRun = z.partialRecord(z.enum(INDICATORS), bounds);

/** expected.json: bounds of some indicators, with the plans and without. */
export const expectedFile = z.strictObject({ planned: boundsOfRun.optional(), without_plan: boundsOfRun.optional() });
export type Expected = z.infer<typeof expectedFile>;
export type Run = 'planned' | 'without_plan';

/** Both runs of a scenario: with the planners, and by the rule without them (batteries idle, the timetable). */
export type Outcome = Readonly<Record<Run, Indicators>>;

export interface Miss {
  readonly run: Run;
  readonly indicator: Indicator;
  readonly value: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Indicators outside their bounds. */
export const findMisses = (expected: Expected, outcome: Outcome): readonly Miss[] =>
  (['planned', 'without_plan'] as const).flatMap((run) =>
    INDICATORS.flatMap((indicator) => {
      const { min, max } = expected[run]?.[indicator] ?? {};
      const value = outcome[run][indicator];
      return value < (min ?? -Infinity) || value > (max ?? Infinity) ? [{ run, indicator, value, min, max }] : [];
    }),
  );
