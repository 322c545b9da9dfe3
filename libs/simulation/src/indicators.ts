import { z } from 'zod';

/** What a day came to, in the order of reports. Money in the pack's currency; the unit is in the name. */
export const INDICATORS = [
  'mean_wait_s',
  'p95_wait_s',
  'worst_wait_s',
  'unserved_passengers',
  'left_behind',
  'clear_50_min',
  'clear_90_min',
  'clear_99_min',
  'late_arrivals',
  'peak_density_per_m2',
  'dense_minutes',
  'vehicle_hours',
  'vehicle_km',
  'empty_share',
  'driver_hours',
  'departures',
  'cancelled_departures',
  'plan_changes_per_hour',
  'energy_cost',
  'import_kwh',
  'peak_import_kw',
  'peak_feeder_ratio',
  'over_limit_kwh',
  'unserved_kwh',
  'shed_kwh',
  'uncharged_kwh',
  'reserve_shortfall_kwh',
  'carbon_kg',
  'alarms',
] as const;

/** `INDICATORS`, and of each group of people: `<wait>.<group>`, such as `p95_wait_s.media`. */
export type Indicators = Readonly<Record<string, number>>;

const bounds = z.strictObject({ min: z.number().optional(), max: z.number().optional() });

/** expected.json: bounds of the means of some indicators, by policy; `<policy> - <policy>`: of the mean difference. */
export const expectedFile = z.record(z.string(), z.record(z.string(), bounds));
export type Expected = z.infer<typeof expectedFile>;

/** A mean that is not as expected. */
export interface Miss {
  /** Policy, or two with a minus between. */
  readonly of: string;
  readonly indicator: string;
  /** Undefined: there is no such policy or indicator. */
  readonly value: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Indicators outside their bounds. `means`: by policy. */
export const findMisses = (expected: Expected, means: Readonly<Record<string, Indicators>>): readonly Miss[] =>
  Object.entries(expected).flatMap(([of, indicators]) => {
    const [policy = '', other] = of.split(' - ');
    return Object.entries(indicators).flatMap(([indicator, { min, max }]) => {
      const [one, two] = [means[policy]?.[indicator], other === undefined ? 0 : means[other]?.[indicator]];
      const value = one === undefined || two === undefined ? undefined : one - two;
      const isMet = value !== undefined && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
      return isMet ? [] : [{ of, indicator, value, min, max }];
    });
  });
