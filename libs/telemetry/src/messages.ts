import { z } from 'zod';

const instant = z.number().int().min(0).max(8_640_000_000_000_000);
/** Buffers start at wall ms; the bound leaves room to go on above any receipt. */
const seq = z
  .number()
  .int()
  .min(0)
  .max(2 ** 52);

/** One reading as a gateway publishes it. */
export const readingMessage = z.object({
  point: z.string().min(1).max(128),
  ts: instant,
  value: z.number(),
  unit: z.string().max(32),
  quality: z.enum(['good', 'uncertain', 'bad']),
});

/**
 * `<venue>/<gateway>/readings`. `oldest` is the lowest seq that the gateway still holds: whatever is below it was
 * receipted or given up, so a receipt may start from there. Each reading is checked by itself with `readingMessage`.
 */
export const readingsMessage = z.object({ seq, oldest: seq.optional(), readings: z.array(z.unknown()) });

/** `<venue>/<gateway>/stored`, retained: up to `seq` all is committed and the gateway may forget. Repeated, it asks for what follows once more. */
export const storedMessage = z.object({ seq });

/** `<venue>/<gateway>/status`, retained, last will. `published` counts readings handed to the broker once, since the buffer was made. */
export const statusMessage = z.object({
  state: z.enum(['online', 'offline']),
  ts: instant,
  buffered: z.number().int().min(0).optional(),
  published: z.number().int().min(0).optional(),
  /** Readings given up because the buffer was full. */
  dropped: z.number().int().min(0).optional(),
});

/** `<venue>/setpoints/<asset>`, retained. */
export const setpointMessage = z.object({
  plan: z.string(),
  seq,
  issued: instant,
  from: instant,
  valid_until: instant,
  value: z.number(),
  /** Of a transfer switch: which of its connections it closes, counted from 1. */
  unit: z.enum(['kW', 'position']),
  /** Why it differs from the plan, in words. */
  reason: z.string().max(500).optional(),
});

/** `vehicles/<vehicle>/orders`, retained. */
export const ordersMessage = z.object({
  plan: z.string(),
  seq,
  issued: instant,
  valid_until: instant,
  trips: z.array(z.object({ line: z.string(), pattern: z.string(), departs: instant })),
});

/** `.../setpoints/<asset>/result` and `.../orders/result`. */
export const resultMessage = z.object({
  plan: z.string().max(128),
  seq,
  state: z.enum(['received', 'applied', 'refused', 'expired']),
  reason: z.string().max(500).optional(),
  measured: z.number().optional(),
  ts: instant,
});

/** `vehicles/<vehicle>/position`. `trip` is what the vehicle drives, `<pattern>@<departure, epoch ms>`; absent between trips. */
export const positionMessage = z.object({
  ts: instant,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  /** Degrees, clockwise from north. */
  bearing: z.number().min(0).max(360).optional(),
  speed_mps: z.number().min(0).max(100).optional(),
  trip: z.string().min(1).max(128).optional(),
  /** People on board. */
  occupancy: z.number().int().min(0).max(1_000).optional(),
});

/** `vehicles/<vehicle>/advice`: what a driver had better do, at the next stop where no other is named, to keep vehicles of a line apart. */
export const adviceMessage = z.object({
  action: z.enum(['hold', 'skip', 'short_turn', 'go']),
  /** Hold until then. */
  until: instant.optional(),
  /** Of a short turn: the stop at which to turn, and the pattern on which to go back. */
  stop: z.string().max(128).optional(),
  onto: z.string().max(128).optional(),
  seq,
});

/** `<venue>/sessions/<session>/state`: how a session really goes, by venue staff or a timing system. */
export const sessionStateMessage = z.object({
  state: z.enum(['scheduled', 'running', 'over_time', 'ended', 'cancelled']),
  /** When it is expected to end, or ended. */
  expected_end: instant.optional(),
  by: z.string().min(1).max(128),
  ts: instant,
});

/** `platform/clock`, retained, last will. `recorded_from`: event time from which gateways are to record; what lies before was imported as history. */
export const clockMessage = z.object({
  event_ms: instant,
  wall_ms: instant,
  speed: z.number().positive(),
  state: z.enum(['online', 'offline']),
  recorded_from: instant.optional(),
});

export type ReadingMessage = z.infer<typeof readingMessage>;
export type ReadingsMessage = z.infer<typeof readingsMessage>;
export type StoredMessage = z.infer<typeof storedMessage>;
export type StatusMessage = z.infer<typeof statusMessage>;
export type SetpointMessage = z.infer<typeof setpointMessage>;
export type OrdersMessage = z.infer<typeof ordersMessage>;
export type ResultMessage = z.infer<typeof resultMessage>;
export type ClockMessage = z.infer<typeof clockMessage>;
export type PositionMessage = z.infer<typeof positionMessage>;
export type AdviceMessage = z.infer<typeof adviceMessage>;
export type SessionStateMessage = z.infer<typeof sessionStateMessage>;
