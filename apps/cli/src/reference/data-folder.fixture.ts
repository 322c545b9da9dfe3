import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach } from '@jest/globals';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files, gone after the test. Objects are written as JSON. */
export const dataFolder = (files: Readonly<Record<string, string | object>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'reference-'));
  folders.push(folder);
  for (const [file, content] of Object.entries(files))
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
};

/** CSV of columns of one length. */
export const csvOf = (columns: Readonly<Record<string, readonly (number | string)[]>>): string => {
  const names = Object.keys(columns);
  const rows = Array.from({ length: columns[names[0] ?? '']?.length ?? 0 }, (_, row) =>
    names.map((name) => columns[name]?.[row] ?? '').join(','),
  );
  return `${[names.join(','), ...rows].join('\n')}\n`;
};
