import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { type Command, Option } from 'commander';

import { type Fault, formatFault, ok } from '#libs/kernel';
import {
  csvLine,
  type FeedFiles,
  importFeed,
  type ImportedFeed,
  type ImportReport,
  type RefusedRow,
  RULES,
  writeGtfs,
} from '#libs/transport';

import { formatTable, type Output } from '../output.js';
import { describeFeed } from './describe-feed.js';
import { gtfsCommand } from './gtfs-command.js';
import { placeAtHome, placeInPack } from './place-feed.js';
import { readFeedFiles } from './read-feed-files.js';

interface ImportOptions {
  readonly games?: string;
  readonly home: string;
  readonly json?: true;
}

/** Refused rows in the JSON; all of them are in the CSV. */
const MOST_IN_JSON = 10_000;
/** Refused rows in the table for people. */
const SHOWN = 20;
/** Files smaller than this are read at once: no progress is shown. */
const LONG_FILE_BYTES = 4_000_000;

const nameOf = (feed: string): string => basename(resolve(feed)).replace(/\.zip$/i, '');

const refusedCsv = (refused: readonly RefusedRow[]): string =>
  [
    csvLine(['file', 'row', 'field', 'value', 'rule', 'message', 'follows']),
    ...refused.map(({ file, row, field, value, rule, message, follows }) =>
      csvLine([file, String(row), field, value, rule, message, follows ? '1' : '0']),
    ),
  ].join('');

/** Why nothing can be made of the feed. */
const findObstacles = ({ feed, report }: ImportedFeed): readonly Fault[] => {
  const missing = report.notices.filter(({ rule, row }) => RULES[rule][0] === 'ERROR' && row === undefined);
  const faults = missing.map(({ file, rule, message }) => ({ file, path: '', rule, message }));
  if (faults.length > 0 || feed.trips.size > 0) return faults;
  return [{ file: 'trips.txt', path: '', rule: 'no_trips', message: 'No trip of the feed can be used.' }];
};

const importTable = ({ files, refused, nested }: ImportReport): string => {
  const counts = formatTable(
    ['file', 'rows', 'imported', 'refused'],
    files.map(({ file, rows, imported, refused: left }) => [file, String(rows), String(imported), String(left)]),
  );
  const roots = refused.filter(({ follows }) => !follows);
  const rows = formatTable(
    ['file', 'row', 'field', 'value', 'rule', 'why it is refused'],
    roots
      .slice(0, SHOWN)
      .map(({ file, row, field, value, rule, message }) => [file, String(row), field, value, rule, message]),
  );
  const more = refused.length - Math.min(SHOWN, roots.length);
  return [
    counts,
    ...(refused.length > 0 ? [rows] : []),
    ...(more > 0
      ? [`and ${more} more refused rows, of which ${refused.length - roots.length} follow from others.`]
      : []),
    ...(nested.length > 0 ? [`Not imported, as they lie in sub folders: ${nested.slice(0, SHOWN).join(', ')}.`] : []),
  ].join('\n\n');
};

const importFiles = (files: FeedFiles, output: Output): ImportedFeed =>
  importFeed(files, (file) => {
    const bytes = files.files.get(file)?.length ?? 0;
    if (bytes >= LONG_FILE_BYTES) output.err(`Reading ${file} (${Math.round(bytes / 1_000_000)} MB) ...`);
  });

/** `gtfs import <feed>`: what of a feed can be used, written as a clean feed. Exit code 0 when it was written. */
export const registerGtfsImport = (program: Command, output: Output): void => {
  gtfsCommand(program)
    .command('import <feed>')
    .description('import a GTFS feed, a zip or a folder: into the home folder, or in the place of a pack’s own')
    .option('--games <pack>', 'folder of the Games pack whose feed it replaces')
    .addOption(
      new Option('--home <dir>', 'where the clean feed and the refused rows are written').default('.venueflow'),
    )
    .option('--json', 'one JSON value on stdout')
    .action(async (feed: string, options: ImportOptions) => {
      const read = await readFeedFiles(feed);
      if (!read.ok) {
        sayFaults([read.error], { feed }, options, output);
        return;
      }
      const imported = importFiles(read.value, output);
      const { report } = imported;
      const atHome = join(options.home, 'gtfs', `${nameOf(feed)}.zip`);
      const refusedFile = await writeRefused(`${atHome.slice(0, -'.zip'.length)}.refused.csv`, report.refused);
      const told = describeReport(feed, imported, refusedFile);
      const obstacles = findObstacles(imported);
      if (obstacles.length > 0) {
        if (!options.json) output.out(importTable(report));
        sayFaults(obstacles, told, options, output);
        return;
      }
      const zip = writeGtfs(imported.feed);
      const placed =
        options.games === undefined ? ok(await placeAtHome(atHome, zip)) : await placeInPack(options.games, zip);
      if (!placed.ok) {
        sayFaults(placed.error, told, options, output);
        return;
      }
      if (options.json) {
        output.out(JSON.stringify({ ok: true, ...told, written: placed.value.path, previous: placed.value.previous }));
        return;
      }
      const summary = Object.entries(told.summary).map(
        ([name, value]) => `${name.replaceAll('_', ' ')} ${value ?? '-'}`,
      );
      output.out(`${importTable(report)}\n\n${feed}: ${summary.join(', ')}.`);
      if (refusedFile !== null) output.out(`Refused rows: ${refusedFile}.`);
      output.out(`Written: ${placed.value.path}.`);
      if (placed.value.previous !== null) output.out(`The feed before: ${placed.value.previous}.`);
    });
};

const writeRefused = async (path: string, refused: readonly RefusedRow[]): Promise<string | null> => {
  if (refused.length === 0) return null;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, refusedCsv(refused));
  return path;
};

const describeReport = (feed: string, { feed: imported, report }: ImportedFeed, refusedFile: string | null) => ({
  feed,
  summary: describeFeed(imported),
  files: report.files,
  refused: report.refused.slice(0, MOST_IN_JSON),
  refused_left_out: Math.max(0, report.refused.length - MOST_IN_JSON),
  refused_file: refusedFile,
  notices: report.notices,
  nested: report.nested,
});

const sayFaults = (faults: readonly Fault[], told: object, options: ImportOptions, output: Output): void => {
  output.fail();
  if (options.json) output.out(JSON.stringify({ ok: false, ...told, faults }));
  else for (const fault of faults) output.err(`error: ${formatFault(fault)}`);
};
