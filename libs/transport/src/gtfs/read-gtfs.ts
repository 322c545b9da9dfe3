import { type Fault, fail, ok, type Result, showValue } from '#libs/kernel';
import { type ArchiveLimits, defaultLimits, unpack } from './archive.js';
import type { Feed } from './feed.js';
import { importFeed } from './import/import-feed.js';
import type { RefusedRow } from './import/ledger.js';
import { type Notice, RULES } from './rules.js';

/** Faults named of one feed; past that one more says how many there are. */
const MAX_FAULTS = 100;

/**
 * Reads a GTFS schedule from its zip, whole or not at all. Faults name file, row, field, value and rule, and are not
 * only the first.
 */
export const readGtfs = (zip: Uint8Array, limits: ArchiveLimits = defaultLimits): Result<Feed, readonly Fault[]> => {
  const files = unpack(zip, limits);
  if (!files.ok) return fail([files.error]);
  const { feed, report } = importFeed(files.value);
  const errors = report.notices.filter(({ rule }) => RULES[rule][0] === 'ERROR');
  const faults = [...errors.map(faultOfNotice), ...report.refused.filter(({ follows }) => !follows).map(faultOfRow)];
  return faults.length > 0 ? fail(cut(faults)) : ok(feed);
};

const faultOfNotice = ({ file, row, field, value, rule, message }: Notice): Fault => ({
  file,
  path: [row === undefined ? [] : [`row ${row}`], field === undefined ? [] : [field]].flat().join(', '),
  ...(value !== undefined && { value: showValue(value) }),
  rule,
  message,
});

const faultOfRow = ({ file, row, field, value, rule, message }: RefusedRow): Fault => ({
  file,
  path: field === '' ? `row ${row}` : `row ${row}, ${field}`,
  ...(value !== '' && { value: showValue(value) }),
  rule,
  message,
});

const cut = (faults: readonly Fault[]): readonly Fault[] =>
  faults.length <= MAX_FAULTS
    ? faults
    : [
        ...faults.slice(0, MAX_FAULTS),
        { file: '', path: '', rule: 'more_faults', message: `There are ${faults.length - MAX_FAULTS} more.` },
      ];
