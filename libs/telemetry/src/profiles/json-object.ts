/** A JSON object, by its own members: what `JSON.parse` made of `__proto__` is a member like any other. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
