import { z } from 'zod';

const id = z.string().min(1);
const scale = z.number().positive().max(100);
/** HH:MM of the scenario's day. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the day, HH:MM');
/** The day's end is 24:00. */
const endClock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of the day, HH:MM, or 24:00');
const window = { from: clock.optional(), until: endClock.optional() };

/**
 * One thing that is otherwise than in the pack. Planners know of vehicles, lines, limits, batteries and prices beforehand, of an outage, an asset out of order and a late session when it happens, of people, weather and
 * sensors only what they measure.
 */
export const overlay = z.discriminatedUnion('kind', [
  /** More people, or fewer, than came before. Absent venue: at all. */
  z.strictObject({ kind: z.literal('attendance'), venue: id.optional(), scale }),
  /** A session that ends later: its people leave and its site is in use so much longer. */
  z.strictObject({ kind: z.literal('session'), session: id, late_minutes: z.number().int().min(1).max(360) }),
  /** Vehicles, as a number in all; below 0 vehicles less than the pack has, with `change`. */
  z
    .strictObject({
      kind: z.literal('fleet'),
      count: z.number().int().positive().max(9999).optional(),
      change: z.number().int().min(-9999).max(9999).optional(),
    })
    .refine(({ count, change }) => (count === undefined) !== (change === undefined), 'either a count, or a change'),
  /** A line that does not run, or runs with other headways. */
  z
    .strictObject({
      kind: z.literal('line'),
      line: id,
      closed: z.literal(true).optional(),
      headway_scale: scale.optional(),
    })
    .refine(
      ({ closed, headway_scale }) => (closed === undefined) !== (headway_scale === undefined),
      'either closed: true, or a headway_scale',
    ),
  /** Driving takes longer on these lines, whatever the reason: a road closed, a convoy. Absent: on all. */
  z.strictObject({
    kind: z.literal('road'),
    lines: z.array(id).min(1).optional(),
    travel_time_scale: scale,
    ...window,
  }),
  z.strictObject({
    kind: z.literal('weather'),
    travel_time_scale: scale.optional(),
    load_scale: scale.optional(),
    sun_scale: z.number().min(0).max(10).optional(),
    ...window,
  }),
  /** A feeder is dead for a while. */
  z.strictObject({
    kind: z.literal('feeder_trip'),
    feeder: id,
    from: clock,
    minutes: z
      .number()
      .int()
      .min(1)
      .max(24 * 60),
  }),
  /** A battery, the sun's inverter (`pv`), a generator or a thermal machine that is out of order. */
  z.strictObject({ kind: z.literal('asset'), venue: id, asset: id, ...window }),
  /** Import limits of a venue, or of all. */
  z.strictObject({ kind: z.literal('import_limit'), venue: id.optional(), scale }),
  /** A battery more, or another one. */
  z.strictObject({
    kind: z.literal('battery'),
    venue: id,
    capacity_kwh: z.number().positive(),
    power_kw: z.number().positive(),
  }),
  /** Prices of import and export, in a part of the day. */
  z.strictObject({ kind: z.literal('tariff'), price_scale: z.number().min(0).max(100) }),
  /** Counts of a counter that never arrive. */
  z.strictObject({ kind: z.literal('sensor'), venue: id, point: id, ...window }),
]);

export type Overlay = z.infer<typeof overlay>;
export type OverlayOf<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>;
