import { type packFiles } from '../schema.js';

export type PackFile = keyof typeof packFiles;

/** The YAML files as read, before their schema is trusted; a file that could not be read is absent. So one wrong key does not hide the faults behind it. */
export type Documents = Partial<Readonly<Record<PackFile, unknown>>>;

/** A value in a document, and where: `venues[2].grid.feeder`. */
export interface Found {
  readonly path: string;
  readonly value: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One key of a pattern; with `[]` behind it, each entry of the list there. */
const step = (found: Found, key: string): readonly Found[] => {
  const name = key.replace('[]', '');
  if (!isObject(found.value) || !Object.hasOwn(found.value, name)) return [];
  const path = join(found.path, name);
  const value = found.value[name];
  if (name === key) return [{ path, value }];
  return Array.isArray(value)
    ? value.map((entry: unknown, index) => ({ path: `${path}[${index}]`, value: entry }))
    : [];
};

/** Every value at a pattern such as `gateways[].points[].id`, in order. What is missing or of another shape is passed over: the schema names it. */
export const listAt = (document: unknown, pattern: string): readonly Found[] => {
  let found: readonly Found[] = [{ path: '', value: document }];
  for (const key of pattern.split('.')) found = found.flatMap((entry) => step(entry, key));
  return found;
};

/** As `listAt`, below a value that was found. */
export const listBelow = (found: Found, pattern: string): readonly Found[] =>
  listAt(found.value, pattern).map(({ path, value }) => ({ path: join(found.path, path), value }));

export const findText = (found: Found, pattern: string): string | undefined => {
  const value = listAt(found.value, pattern)[0]?.value;
  return typeof value === 'string' ? value : undefined;
};

export const findNumber = (found: Found, pattern: string): number | undefined => {
  const value = listAt(found.value, pattern)[0]?.value;
  return typeof value === 'number' ? value : undefined;
};

export const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
