/** Something that the answer needs is away for now: the database or a time limit. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/** SQLSTATE classes 08 (connection), 53 (resources) and 57P (shutdown), and what sockets and the pool say. */
const CODES = /^(08...|53...|57P0.|57014|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
const MESSAGES = /Connection terminated|timeout exceeded when trying to connect|connection timeout|Cannot use a pool/i;

/** Whether an error says that the database cannot be reached, rather than that our code is wrong. */
export const isOutage = (error: unknown): boolean => {
  if (error instanceof Outage) return true;
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return CODES.test(code) || MESSAGES.test(error.message) || (error.cause !== undefined && isOutage(error.cause));
};

/** The promise, or an Outage when it takes longer than `limitMs`. What it still does goes on unheard. */
export const within = async <T>(limitMs: number, what: string, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Outage(`${what} did not answer within ${limitMs} ms.`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
