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

/** The target of a vehicle override: a vehicle that cannot drive. */
export const vehicleTarget = z.object({ vehicle: z.string().min(1) });

/** The target of a road override: a road that is closed, by its name or its link_id in the pack. */
export const roadTarget = z.object({ road: z.string().min(1).max(200) });

/** The target of an outage override: a feeder, a connection, or a generator (`<venue>/<generator>`) that is dead. */
export const outageTarget = z.object({ of: z.enum(['feeder', 'connection', 'generator']), id: z.string().min(1) });

/** The target of a switch override: a transfer switch of a venue that stays on one of its connections. */
export const switchTarget = z.object({
  venue: z.string().min(1),
  switch: z.string().min(1),
  connection: z.string().min(1),
});

export const OVERRIDE_KINDS = ['setpoint', 'departure', 'vehicle', 'road', 'outage', 'switch'] as const;
export type OverrideKind = (typeof OVERRIDE_KINDS)[number];

export type SetpointTarget = z.infer<typeof setpointTarget>;
export type DepartureTarget = z.infer<typeof departureTarget>;
export type OutageTarget = z.infer<typeof outageTarget>;
export type SwitchTarget = z.infer<typeof switchTarget>;

/** What planning needs of a person's override; the store's `Override` is one. */
export interface OverrideRule {
  readonly id: string;
  readonly kind: OverrideKind;
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

/** Vehicles that people took out of service, at `now`. */
export const vehiclesOut = (overrides: readonly OverrideRule[], now: EpochMs): ReadonlySet<string> =>
  new Set(
    overrides
      .filter((override) => override.kind === 'vehicle' && isInForce(override, now))
      .flatMap(({ target }) => {
        const parsed = vehicleTarget.safeParse(target);
        return parsed.success ? [parsed.data.vehicle] : [];
      }),
  );

/** Roads that people closed, also those whose time is still to come: who is under way then meets them. */
export const closedRoads = (
  overrides: readonly OverrideRule[],
  now: EpochMs,
): readonly { readonly road: string; readonly from: EpochMs; readonly until: EpochMs }[] =>
  overrides
    .filter(({ kind, until, ended }) => kind === 'road' && until > now && (ended === null || ended > now))
    .flatMap(({ target, from, until }) => {
      const parsed = roadTarget.safeParse(target);
      return parsed.success ? [{ road: parsed.data.road, from, until }] : [];
    });

/** What people said is dead, also what will be. */
export const listOutages = (
  overrides: readonly OverrideRule[],
  now: EpochMs,
): readonly (OutageTarget & { readonly from: EpochMs; readonly until: EpochMs })[] =>
  overrides
    .filter(({ kind, until, ended }) => kind === 'outage' && until > now && (ended === null || ended > now))
    .flatMap(({ target, from, until }) => {
      const parsed = outageTarget.safeParse(target);
      return parsed.success ? [{ ...parsed.data, from, until }] : [];
    });

/** Transfer switches that people hold, also those whose time is still to come, in the order in which they begin: of one switch, the last that has begun counts. */
export const listHeldSwitches = (
  overrides: readonly OverrideRule[],
  now: EpochMs,
): readonly (SwitchTarget & { readonly id: string; readonly from: EpochMs; readonly until: EpochMs })[] =>
  overrides
    .filter(({ kind, until, ended }) => kind === 'switch' && until > now && (ended === null || ended > now))
    .toSorted((a, b) => a.from - b.from)
    .flatMap(({ id, target, from, until }) => {
      const parsed = switchTarget.safeParse(target);
      return parsed.success ? [{ ...parsed.data, id, from, until }] : [];
    });
