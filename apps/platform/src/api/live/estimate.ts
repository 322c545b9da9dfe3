import { z } from 'zod';

/** What control writes as the state document `estimate`; only what the overview shows of it. */
const estimateDocument = z.object({
  lines: z.array(z.object({ line: z.string(), queue: z.number() })).default([]),
});

/** Passengers that wait for a line now; undefined when control has not said. */
export const findQueue = (estimate: unknown, line: string): number | undefined => {
  const parsed = estimateDocument.safeParse(estimate);
  return parsed.success ? parsed.data.lines.find((entry) => entry.line === line)?.queue : undefined;
};
