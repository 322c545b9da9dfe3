import { z } from 'zod';

const departure = { line: z.string(), departs_ms: z.number() };

/** What control writes as the state document `estimate` each second; only what the overview shows of it. */
const estimateDocument = z.object({
  lines: z.array(z.object({ line: z.string(), queue: z.number() })).default([]),
  added_departures: z.array(z.object({ ...departure, pattern: z.string(), vehicle: z.string() })).default([]),
  news: z.array(z.object({ at_ms: z.number(), text: z.string() })).default([]),
  dropped_departures: z.array(z.object({ ...departure, reason: z.string() })).default([]),
});
export type Estimate = z.infer<typeof estimateDocument>;

/** The estimate in a state document; an empty one when control has not said anything that can be read. */
export const readEstimate = (document: unknown): Estimate => {
  const parsed = estimateDocument.safeParse(document);
  return parsed.success ? parsed.data : estimateDocument.parse({});
};
