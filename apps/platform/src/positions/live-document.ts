import { MINUTE_MS } from '#libs/kernel';
import { type BoardMemory, VEHICLE_TROUBLES } from '#libs/transport';
import { z } from 'zod';

/** State documents: the live picture, and what the board has learnt. */
export const LIVE_PICTURE = 'live_picture';
export const BOARD_MEMORY = 'live_memory';

const instant = z.number().int().describe('Event time, epoch ms');
const departure = { line: z.string(), pattern: z.string(), vehicle: z.string() };

const troubleWords = z.object({ trouble: z.enum(VEHICLE_TROUBLES), since_ms: instant, text: z.string() });

export const liveVehicle = z.object({
  vehicle: z.string(),
  ts: instant.describe('Of its last position'),
  lat: z.number(),
  lon: z.number(),
  bearing: z.number().optional(),
  speed_mps: z.number().optional(),
  occupancy: z.number().optional().describe('People aboard'),
  trip: z
    .object({ line: z.string(), pattern: z.string(), departs_ms: instant, ordered: z.boolean() })
    .optional()
    .describe('What it drives; absent between trips. `ordered`: it was told to'),
  progress_m: z.number().optional().describe('Along its pattern'),
  length_m: z.number().optional(),
  off_m: z.number().optional().describe('From the way of its pattern'),
  next_stop: z.object({ sequence: z.number().int(), stop: z.string(), at_stop: z.boolean() }).optional(),
  delay_s: z.number().optional().describe('Expected at the next stop; negative when early'),
  troubles: z.array(troubleWords),
  advice: z
    .object({
      action: z.enum(['hold', 'skip', 'short_turn', 'go']),
      until_ms: instant.optional(),
      stop: z.string(),
      onto: z.string().optional().describe('Of a short turn: the pattern on which it goes back'),
      reason: z.string(),
    })
    .optional(),
});

export const prediction = z.object({
  departure: z.object({ ...departure, departs_ms: instant }),
  ts: instant.describe('Of the position that it is made of'),
  stops: z.array(
    z.object({
      stop_sequence: z.number().int(),
      stop: z.string(),
      arrives_ms: instant,
      departs_ms: instant.optional(),
      low_ms: instant.optional(),
      high_ms: instant.optional(),
    }),
  ),
});

const picture = z.object({
  at_ms: z.number(),
  vehicles: z.array(liveVehicle),
  predictions: z.array(prediction),
  headways: z.array(
    z.object({
      line: z.string(),
      pattern: z.string(),
      target_s: z.number().optional(),
      gaps: z.array(z.object({ vehicle: z.string(), ahead_s: z.number() })),
    }),
  ),
  departures: z.array(z.object({ ...departure, planned_ms: instant, actual_ms: instant.optional() })),
  missing: z.array(troubleWords.extend({ vehicle: z.string() })),
});

/** The library's LivePicture as it comes out of the database. */
export type LivePictureDocument = z.infer<typeof picture>;

const NOTHING: LivePictureDocument = {
  at_ms: 0,
  vehicles: [],
  predictions: [],
  headways: [],
  departures: [],
  missing: [],
};

/** The picture in a state document; an empty one when control has not written any that can be read. */
export const readLivePicture = (document: unknown): LivePictureDocument => {
  const parsed = picture.safeParse(document);
  return parsed.success ? parsed.data : NOTHING;
};

const memory = z.object({
  legs: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
  bands: z.array(z.number()),
});

export const readBoardMemory = (document: unknown): BoardMemory | undefined => memory.safeParse(document).data;

/** A picture that is older says nothing of now, ms of event time. */
const OLD_MS = 10 * MINUTE_MS;

/** All that is wrong with vehicles in a picture of now. */
export const listTroubles = (
  { at_ms, vehicles, missing }: LivePictureDocument,
  now: number,
): readonly { readonly vehicle: string; readonly trouble: string; readonly text: string }[] =>
  at_ms < now - OLD_MS
    ? []
    : [...vehicles.flatMap(({ vehicle, troubles }) => troubles.map((one) => ({ vehicle, ...one }))), ...missing];
