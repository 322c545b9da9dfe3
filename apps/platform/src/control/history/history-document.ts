import { z } from 'zod';

/** Where the import of a pack's past stands; a state document, so that whoever leads next goes on with it. */
const historyDocument = z.object({
  from_ms: z.number(),
  to_ms: z.number(),
  /** Up to here it is stored. */
  until_ms: z.number(),
  /** Share that is written, of a part under way too. */
  done_ratio: z.number(),
});
export type History = z.infer<typeof historyDocument>;

/** Name of the state document. */
export const HISTORY = 'history';

/** The import in a state document; undefined where there never was one. */
export const readHistory = (document: unknown): History | undefined => {
  const parsed = historyDocument.safeParse(document);
  return parsed.success ? parsed.data : undefined;
};

/** Whether some of it is still to be imported. */
export const isUnderWay = ({ until_ms, to_ms }: Pick<History, 'until_ms' | 'to_ms'>): boolean => until_ms < to_ms;
