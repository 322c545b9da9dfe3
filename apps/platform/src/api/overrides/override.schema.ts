import { z } from 'zod';
import {
  departureTarget,
  outageTarget,
  OVERRIDE_KINDS,
  roadTarget,
  setpointTarget,
  switchTarget,
  vehicleTarget,
} from '#libs/planning';
import type { Override } from '#libs/store';

const instant = z.number().int().min(0).max(8_640_000_000_000_000);

/** A person's name as it is kept beside what they did. */
export const personSchema = z.string().trim().min(1).max(100).default('operations');
export const reasonSchema = z.string().trim().min(1, 'say in a few words why').max(500);

const rest = {
  from_ms: instant.optional().describe('Event time; now when left out'),
  until_ms: instant.describe('Event time at which the plan has its say again'),
  reason: reasonSchema,
  by: personSchema,
};

/** A person's word over the plan. */
export const overrideRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('setpoint'), target: z.strictObject(setpointTarget.shape), ...rest }),
  z.strictObject({ kind: z.literal('departure'), target: z.strictObject(departureTarget.shape), ...rest }),
  z.strictObject({ kind: z.literal('vehicle'), target: z.strictObject(vehicleTarget.shape), ...rest }),
  z.strictObject({ kind: z.literal('road'), target: z.strictObject(roadTarget.shape), ...rest }),
  z.strictObject({ kind: z.literal('outage'), target: z.strictObject(outageTarget.shape), ...rest }),
  z.strictObject({ kind: z.literal('switch'), target: z.strictObject(switchTarget.shape), ...rest }),
]);
export type OverrideRequest = z.infer<typeof overrideRequestSchema>;

export const overrideSchema = z.object({
  id: z.string(),
  kind: z.enum(OVERRIDE_KINDS),
  target: z.record(z.string(), z.union([z.string(), z.number()])),
  from_ms: z.number().int(),
  until_ms: z.number().int(),
  by: z.string(),
  reason: z.string(),
});
export type OverrideDocument = z.infer<typeof overrideSchema>;

export const overrideDocument = ({ id, kind, target, from, until, by, reason }: Override): OverrideDocument => ({
  id,
  kind,
  target: { ...target },
  from_ms: from,
  until_ms: until,
  by,
  reason,
});
