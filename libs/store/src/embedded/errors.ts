/** The embedded PostgreSQL cannot run here: one sentence with the value and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The line of a server's log that says why it ended, or else its last. */
export const reasonIn = (log: string): string => {
  const lines = log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.findLast((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
};
