import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';
import { z } from 'zod';

import { fail, ok, type Result } from '#libs/kernel';

/** A YAML or JSON file of a schema, or what is wrong with it in a line. */
export const readDocument = async <T>(file: string, schema: z.ZodType<T>): Promise<Result<T, string>> => {
  let document: unknown;
  try {
    document = parse(await readFile(file, 'utf8'));
  } catch (error) {
    return fail(`${file}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''}`);
  }
  const parsed = schema.safeParse(document);
  return parsed.success ? ok(parsed.data) : fail(`${file}: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
};
