import type { EpochMs } from '#libs/kernel';
import { z } from 'zod';

/** The target of a setpoint override: the value that an asset keeps, kW. */
export const setpointTarget = z.object({
  venue: z.string().min(1),
  asset: z.enum(['battery', 'pv']),
  value: z.number(),
});

/** The target of a departure override: a departure of the line at that time, there (`add`) or not there (`cancel`). */
export const departureTarget = z.object({
  line: z.string().min(1),
  departs_ms: z.number().int().min(0),
  action: z.enum(['add', 'cancel']),
});

export type SetpointTarget = z.infer<typeof setpointTarget>;
export type DepartureTarget = z.infer<typeof departureTarget>;

/** What planning needs of a person's override; the store's `Override` is one. */
export interface OverrideRule {
  readonly id: string;
  readonly kind: 'setpoint' | 'departure';
  readonly target: Readonly<Record<string, string | number>>;
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly ended: EpochMs | null;
}

/** In force at `now`: begun, not over and not ended by a person. */
export const isInForce = (override: OverrideRule, now: EpochMs): boolean =>
  override.from <= now && now < override.until && (override.ended === null || now < override.ended);

/** Setpoint overrides in force at `now`; the latest begun comes last, and wins. */
export const setpointOverrides = (
  overrides: readonly OverrideRule[],
  now: EpochMs,
): readonly { readonly id: string; readonly until: EpochMs; readonly target: SetpointTarget }[] =>
  overrides
    .filter((override) => override.kind === 'setpoint' && isInForce(override, now))
    .toSorted((a, b) => a.from - b.from)
    .flatMap(({ id, until, target }) => {
      const parsed = setpointTarget.safeParse(target);
      return parsed.success ? [{ id, until, target: parsed.data }] : [];
    });

/** Departure overrides in force at `now`, in the order in which they began: a later word on the same departure replaces an earlier one. */
export const departureOverrides = (
  overrides: readonly OverrideRule[],
  now: EpochMs,
): readonly { readonly id: string; readonly target: DepartureTarget }[] => {
  const words = new Map<string, { readonly id: string; readonly target: DepartureTarget }>();
  for (const override of overrides.toSorted((a, b) => a.from - b.from)) {
    if (override.kind !== 'departure' || !isInForce(override, now)) continue;
    const parsed = departureTarget.safeParse(override.target);
    if (parsed.success)
      words.set(`${parsed.data.line} ${parsed.data.departs_ms}`, { id: override.id, target: parsed.data });
  }
  return [...words.values()];
};
