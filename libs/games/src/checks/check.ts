import { type Fault, showValue } from '#libs/kernel';

import { type Documents, type Found, listAt, type PackFile } from '../reading/document.js';

/** A rule over the documents as read. A check looks only at values of the right shape; the schema names the others. */
export type Check = (documents: Documents) => readonly Fault[];

/** A fault of a value that was found. */
export const faultAt = (file: PackFile, found: Found, rule: string, message: string): Fault => ({
  file,
  path: found.path,
  value: showValue(found.value),
  rule,
  message,
});

/** Who has points: the gateways, then the devices. */
export const listSources = (documents: Documents): readonly Found[] => [
  ...listAt(documents['devices.yaml'], 'gateways[]'),
  ...listAt(documents['devices.yaml'], 'devices[]'),
];

/** The values that occur for the second time or later, each with the path of the first. */
export const listRepeated = (entries: readonly Found[]): readonly (Found & { readonly first: string })[] => {
  const seen = new Map<unknown, string>();
  const repeated: (Found & { first: string })[] = [];
  for (const entry of entries) {
    const first = seen.get(entry.value);
    if (first === undefined) seen.set(entry.value, entry.path);
    else repeated.push({ ...entry, first });
  }
  return repeated;
};
