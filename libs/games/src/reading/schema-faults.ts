import { type Fault, showValue } from '#libs/kernel';
import type { z } from 'zod';

import { join } from './document.js';

type Issue = z.core.$ZodIssue;

const showPath = (keys: readonly PropertyKey[]): string =>
  keys.reduce<string>((path, key) => (typeof key === 'number' ? `${path}[${key}]` : join(path, String(key))), '');

const valueAt = (document: unknown, keys: readonly PropertyKey[]): unknown =>
  keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (Reflect.get(value, key) as unknown) : undefined),
    document,
  );

/** The stable name of a rule, and what its author reads. */
const explain = (issue: Issue, value: unknown): Pick<Fault, 'rule' | 'message'> => {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? { rule: 'missing', message: `A ${issue.expected} is missing here.` }
        : { rule: 'type', message: `Expected: ${issue.expected}.` };
    case 'invalid_value':
      return value === undefined
        ? { rule: 'missing', message: `A value is missing here: ${issue.values.map(String).join(', ')}.` }
        : { rule: 'choice', message: `Expected one of ${issue.values.map(String).join(', ')}.` };
    case 'too_small': {
      const [bound, inclusive] = [String(issue.minimum), issue.inclusive ?? true];
      if (issue.origin === 'array') return { rule: 'too_few', message: `At least ${bound} needed.` };
      if (issue.origin === 'string') return { rule: 'empty', message: 'The text must not be empty.' };
      if (bound === '0' && !inclusive) return { rule: 'positive', message: 'The number must be greater than 0.' };
      return { rule: 'minimum', message: `The number must be ${inclusive ? 'at least' : 'greater than'} ${bound}.` };
    }
    case 'too_big':
      return { rule: 'maximum', message: `The number must be at most ${String(issue.maximum)}.` };
    case 'invalid_format':
      return { rule: 'format', message: `Expected ${issue.message}.` };
    case 'custom':
      return { rule: 'not_allowed', message: `Expected ${issue.message}.` };
    default:
      return { rule: issue.code, message: issue.message };
  }
};

/** Faults of a document under its zod schema: one for each issue, and one for each unknown key. */
export const schemaFaults = (file: string, document: unknown, issues: readonly Issue[]): readonly Fault[] =>
  issues.flatMap((issue): readonly Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        file,
        path: join(showPath(issue.path), key),
        value: showValue(valueAt(document, [...issue.path, key])),
        rule: 'unknown_key',
        message: `There is no key ${key} here. Perhaps it is misspelt.`,
      }));
    }
    const value = valueAt(document, issue.path);
    return [
      {
        file,
        path: showPath(issue.path),
        // JSON has no word for an infinite number.
        ...(value === undefined ? {} : { value: typeof value === 'number' ? String(value) : showValue(value) }),
        ...explain(issue, value),
      },
    ];
  });
