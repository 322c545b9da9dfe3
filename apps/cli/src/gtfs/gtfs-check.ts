import { type Command, InvalidArgumentError } from 'commander';

import { DAY_MS, formatFault, systemClock } from '#libs/kernel';
import { checkFeed, type Notice, type RuleFinding, type Severity } from '#libs/transport';

import { formatTable, type Output } from '../output.js';
import { gtfsCommand } from './gtfs-command.js';
import { readFeedFiles } from './read-feed-files.js';

/** Notices of one rule in the table for people. */
const SHOWN = 5;

const parseDay = (text: string): number => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day)) throw new InvalidArgumentError('Give a date such as 2026-02-14.');
  return day;
};

const countOf = (findings: readonly RuleFinding[], severity: Severity): number =>
  findings.reduce((sum, finding) => sum + (finding.severity === severity ? finding.count : 0), 0);

const describeCounts = (findings: readonly RuleFinding[]): string =>
  (['ERROR', 'WARNING', 'INFO'] as const).map((severity) => `${severity} ${countOf(findings, severity)}`).join(', ');

const rowOf = (severity: Severity, { rule, file, row, field, value, message }: Notice): readonly string[] => [
  severity,
  rule,
  file,
  row === undefined ? '' : String(row),
  field ?? '',
  value === undefined ? '' : JSON.stringify(value),
  message,
];

const findingTable = (findings: readonly RuleFinding[]): string =>
  formatTable(
    ['severity', 'rule', 'file', 'row', 'field', 'value', 'what is wrong'],
    findings.flatMap(({ rule, severity, count, advice, notices }) => {
      const left = count - Math.min(SHOWN, notices.length);
      return [
        ...notices.slice(0, SHOWN).map((notice) => rowOf(severity, notice)),
        ['', '', '', '', '', '', left > 0 ? `and ${left} more of ${rule}. ${advice}` : `  ${advice}`],
      ];
    }),
  );

/** `gtfs check <feed>`: what is wrong with a GTFS feed. Exit code 0 only without an ERROR. */
export const registerGtfsCheck = (program: Command, output: Output): void => {
  gtfsCommand(program)
    .command('check <feed>')
    .description('name what is wrong with a GTFS feed, a zip or a folder, by the rules of the canonical validator')
    .option('--today <date>', 'the day on which the feed is looked at, YYYY-MM-DD', parseDay)
    .option('--json', 'one JSON value on stdout')
    .action(async (feed: string, options: { today?: number; json?: true }) => {
      const files = await readFeedFiles(feed);
      if (!files.ok) {
        output.fail();
        if (options.json) output.out(JSON.stringify({ ok: false, feed, error: files.error }));
        else output.err(`error: ${formatFault(files.error)}`);
        return;
      }
      const today = options.today ?? Math.floor(systemClock.now() / DAY_MS) * DAY_MS;
      const findings = checkFeed(files.value, { today });
      const errors = countOf(findings, 'ERROR');
      if (errors > 0) output.fail();
      if (options.json) {
        output.out(
          JSON.stringify({
            ok: errors === 0,
            feed,
            today: new Date(today).toISOString().slice(0, 10),
            counts: { error: errors, warning: countOf(findings, 'WARNING'), info: countOf(findings, 'INFO') },
            findings,
          }),
        );
      } else if (findings.length === 0) output.out(`${feed} is clean.`);
      else output.out(`${findingTable(findings)}\n\n${feed}: ${describeCounts(findings)}.`);
    });
};
