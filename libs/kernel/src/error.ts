const property = (error: unknown, name: 'code' | 'message'): string | undefined => {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** The system's or library's code of an error, such as ECONNREFUSED; that of the first where several were tried. */
export const errorCode = (error: unknown): string | undefined =>
  property(error instanceof AggregateError ? error.errors[0] : error, 'code');

/** What an unknown thrown value says, for one line. */
export const errorMessage = (error: unknown): string => {
  const first: unknown = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  return property(first, 'message') ?? errorCode(first) ?? String(first);
};
