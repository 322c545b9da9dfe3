import type { FeedFiles } from '../archive.js';
import type { Notice } from '../rules.js';
import { TABLES } from '../schema/tables.js';

/** Files that GTFS wants and the feed lacks, and files where no reader looks for them. */
export const listMissingFiles = ({ files, nested }: FeedFiles): readonly Notice[] => {
  const notices: Notice[] = [];
  const tables = nested.filter((name) => TABLES.has(name.split(/[/\\]/).at(-1) ?? ''));
  const [first] = tables;
  if (first !== undefined) {
    const message = `The feed has ${tables.length} of its files in a sub folder, such as ${first}: no reader looks there.`;
    notices.push({ rule: 'invalid_input_files_in_subfolder', file: first, message });
  }
  for (const [file, { presence }] of TABLES) {
    if (files.has(file) || presence === 'optional') continue;
    const rule = presence === 'required' ? 'missing_required_file' : 'missing_recommended_file';
    notices.push({ rule, file, message: `The feed must hold ${file} at its top level.` });
  }
  if (!files.has('calendar.txt') && !files.has('calendar_dates.txt')) {
    const message = 'The feed must hold calendar.txt or calendar_dates.txt.';
    notices.push({ rule: 'missing_calendar_and_calendar_date_files', file: 'calendar.txt', message });
  }
  return notices;
};
