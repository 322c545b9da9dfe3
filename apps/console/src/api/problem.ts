/** What is wrong with one part of a request. */
export interface Fault {
  /** Where: a dotted path such as `overlays[2].scale`. */
  readonly path: string;
  readonly message: string;
  readonly value?: string;
}

/** What the API answers instead of what was asked for: RFC 9457 problem details. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const isFault = (value: unknown): value is Fault =>
  typeof value === 'object' && value !== null && 'path' in value && 'message' in value;

/** What an answer that is not 2xx says of single parts of the request. */
export const faultsOf = (body: unknown): readonly Fault[] => {
  const errors: unknown = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : [];
  return Array.isArray(errors) ? errors.filter(isFault) : [];
};

/** The sentence to show for an answer that is not 2xx. `body` is whatever came. */
export const describeProblem = (status: number, body: unknown): string => {
  const problem: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? { ...body } : {};
  const stated = textOf(problem['detail']) ?? textOf(problem['title']);
  if (stated !== undefined) return stated;
  if (status >= 500) return `The platform failed (${status}). Try again; if it stays, see its log.`;
  return `The platform refused the request (${status}).`;
};
