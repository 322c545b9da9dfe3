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
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, cause, errors } = error as Partial<Record<'code' | 'message' | 'cause' | 'errors', unknown>>;
  if (typeof code === 'string' && CODES.test(code)) return true;
  if (typeof message === 'string' && MESSAGES.test(message)) return true;
  return isOutage(cause) || (Array.isArray(errors) && errors.some(isOutage));
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
