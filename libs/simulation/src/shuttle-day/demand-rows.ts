import { parse } from 'csv-parse/sync';
import { errorMessage, type Fault, fail, ok, type Result, showValue } from '#libs/kernel';
import { z } from 'zod';

/** People of a ride in one slot of five minutes, as a demand file says it. */
export interface DemandRow {
  /** Where in the file. */
  readonly path: string;
  readonly atMs: number;
  readonly line: string;
  readonly from_stop: string;
  readonly to_stop: string;
  readonly group: string;
  readonly accessible: boolean;
  readonly people: number;
  /** Of a forecast: when it becomes known. */
  readonly knownMs: number | undefined;
}

export interface DemandSession {
  readonly id: string;
  readonly stop: string;
  readonly endsMs: number;
}

export interface DemandRows {
  readonly rows: readonly DemandRow[];
  readonly sessions: readonly DemandSession[];
}

const SLOT_MS = 300_000;
const MOST_ROWS = 2_000_000;
const MOST_FAULTS = 100;
/** Nobody waits at a stop with more than these. */
const MOST_PEOPLE = 100_000;

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const name = z.string().min(1).max(200);
const people = z.number().min(0).max(MOST_PEOPLE);
const way = { line: name, from_stop: name, to_stop: name, group: name };

const csvRow = z.object({
  ...way,
  time: instant,
  people: z.string().min(1).transform(Number).pipe(people),
  accessible: z.enum(['', '0', '1', 'false', 'true']).default(''),
  known_at: z.union([z.literal(''), instant]).default(''),
});

const series = z.strictObject({
  ...way,
  accessible: z.boolean().default(false),
  start: instant,
  people: z.array(people).max(MOST_ROWS),
});

const document = z.strictObject({
  came: z.array(series),
  forecasts: z.array(z.strictObject({ known_at: instant, rides: z.array(series) })).default([]),
  sessions: z.array(z.strictObject({ id: name, stop: name, ends_at: instant })).default([]),
});

/** The document as it is written; see docs/dispatch-comparison.md. */
export type DemandDocument = z.input<typeof document>;

/** Reads a demand file: JSON where it begins with a brace, CSV else. All that is wrong with it is named. */
export const readDemandRows = (file: string, text: string): Result<DemandRows, readonly Fault[]> =>
  text.trimStart().startsWith('{') ? readDocument(file, text) : readTable(file, text);

const toFault = (file: string, prefix: string, root: unknown, issue: z.core.$ZodIssue): Fault => {
  let value: unknown = root;
  for (const key of issue.path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const steps = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const path = prefix === '' ? steps.slice(steps.startsWith('.') ? 1 : 0) : `${prefix}${steps}`;
  return { file, path, value: showValue(value), rule: issue.code, message: issue.message };
};

const readDocument = (file: string, text: string): Result<DemandRows, readonly Fault[]> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail([{ file, path: '', rule: 'json', message: `The file must be JSON: ${errorMessage(error)}.` }]);
  }
  const parsed = document.safeParse(value);
  if (!parsed.success)
    return fail(parsed.error.issues.slice(0, MOST_FAULTS).map((issue) => toFault(file, '', value, issue)));
  const { came, forecasts, sessions } = parsed.data;
  const rowsOf = (list: readonly z.infer<typeof series>[], place: string, knownMs?: number): readonly DemandRow[] =>
    list.flatMap(({ start, people: counts, ...ride }, index) =>
      counts.map((count, slot) => ({
        ...ride,
        path: `${place}[${index}].people[${slot}]`,
        atMs: start + slot * SLOT_MS,
        people: count,
        knownMs,
      })),
    );
  const rows = [
    ...rowsOf(came, 'came'),
    ...forecasts.flatMap(({ known_at, rides }, index) => rowsOf(rides, `forecasts[${index}].rides`, known_at)),
  ];
  return limit(file, { rows, sessions: sessions.map(({ ends_at, ...session }) => ({ ...session, endsMs: ends_at })) });
};

const readTable = (file: string, text: string): Result<DemandRows, readonly Fault[]> => {
  let records: readonly unknown[];
  try {
    records = parse(text, { bom: true, trim: true, columns: true, skip_empty_lines: true });
  } catch (error) {
    return fail([{ file, path: '', rule: 'csv', message: `The file must be CSV: ${errorMessage(error)}.` }]);
  }
  const faults: Fault[] = [];
  const rows = records.flatMap((record, index): readonly DemandRow[] => {
    // The header is row 1.
    const path = `row ${index + 2}`;
    const parsed = csvRow.safeParse(record);
    if (!parsed.success) {
      if (faults.length < MOST_FAULTS)
        faults.push(...parsed.error.issues.map((issue) => toFault(file, path, record, issue)));
      return [];
    }
    const { time, known_at, accessible, ...row } = parsed.data;
    const knownMs = known_at === '' ? undefined : known_at;
    return [{ ...row, path, atMs: time, knownMs, accessible: accessible === '1' || accessible === 'true' }];
  });
  return faults.length > 0 ? fail(faults) : limit(file, { rows, sessions: [] });
};

const limit = (file: string, read: DemandRows): Result<DemandRows, readonly Fault[]> =>
  read.rows.length <= MOST_ROWS
    ? ok(read)
    : fail([
        {
          file,
          path: '',
          value: String(read.rows.length),
          rule: 'too_many_rows',
          message: `A demand file has at most ${MOST_ROWS} rows; give fewer days.`,
        },
      ]);
