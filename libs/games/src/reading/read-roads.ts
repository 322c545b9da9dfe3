import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { errorMessage, fail, type Fault, ok, type Result } from '#libs/kernel';

import type { RoadLink, RoadNode, RoadTables } from '../roads.js';
import { FileFaults } from './file-faults.js';

/** A file of the pack by its name there. */
interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * node.csv and link.csv of GMNS. Read are node_id, x_coord (longitude), y_coord (latitude); link_id, from_node_id, to_node_id, directed,
 * length in m, free_speed in km/h, and where they are given name, and what the road asks of vehicles: max_height in m, max_weight in t,
 * chains (needed in snow), permit. Other columns are passed over, a blank field counts as absent.
 */
export const readRoads = (nodes: NamedBytes, links: NamedBytes): Result<RoadTables, readonly Fault[]> => {
  const nodeFaults = new FileFaults(nodes.file);
  const linkFaults = new FileFaults(links.file);
  const nodeRows = readRows(nodes.bytes, nodeRow, nodeFaults);
  const linkRows = readRows(links.bytes, linkRow, linkFaults);
  checkIds(nodeRows, 'node_id', ({ node_id }) => node_id, nodeFaults);
  checkIds(linkRows, 'link_id', ({ link_id }) => link_id, linkFaults);
  // A link to a node whose own row is faulty is not at fault.
  if (nodeFaults.list().length === 0) checkEnds(linkRows, nodeRows, nodes.file, linkFaults);
  const faults = [...nodeFaults.list(), ...linkFaults.list()];
  return faults.length > 0 ? fail(faults) : ok({ nodes: nodeRows.map(toNode), links: linkRows.map(toLink) });
};

const rule = (name: string, message: string) => ({ message, params: { rule: name }, abort: true });

const text = z.string();
const number = text
  .transform(Number)
  .refine((value) => Number.isFinite(value), rule('number', 'Expected a finite number.'));
const positive = (advice: string) =>
  number.refine((value) => value > 0, rule('positive', `The number must be greater than 0. ${advice}`));
const degrees = (limit: number, what: string) =>
  number.refine(
    (value) => Math.abs(value) <= limit,
    rule('degrees', `Expected ${what} between -${limit} and ${limit}.`),
  );
const flag = text
  .refine((value) => /^(0|1|true|false)$/i.test(value), rule('choice', 'Expected 0 or 1.'))
  .transform((value) => value === '1' || value.toLowerCase() === 'true');

const nodeRow = z.object({ node_id: text, x_coord: degrees(180, 'a longitude'), y_coord: degrees(90, 'a latitude') });

const linkRow = z.object({
  link_id: text,
  from_node_id: text,
  to_node_id: text,
  directed: flag,
  length: positive('Perhaps the link joins a node to itself.'),
  free_speed: positive('To close a road for a time, write a closure; to close it for ever, leave it out.'),
  name: text.optional(),
  max_height: positive('Leave it blank where nothing limits it.').optional(),
  max_weight: positive('Leave it blank where nothing limits it.').optional(),
  chains: flag.optional(),
  permit: text.optional(),
});

/** A row that keeps to its schema, with its number in the file. */
interface Numbered<T> {
  readonly row: number;
  readonly value: T;
}

const readRows = <T>(bytes: Uint8Array, schema: z.ZodType<T>, faults: FileFaults): readonly Numbered<T>[] =>
  readRecords(bytes, faults).flatMap((record, index) => {
    const row = index + 2;
    const read = schema.safeParse(record);
    if (read.success) return [{ row, value: read.data }];
    for (const issue of read.error.issues) {
      const column = String(issue.path[0]);
      const found = record[column];
      const named: unknown = issue.code === 'custom' ? issue.params?.['rule'] : undefined;
      if (found === undefined) faults.add(`row ${row}, ${column}`, '', 'missing', `A ${column} is missing here.`);
      else faults.add(`row ${row}, ${column}`, found, typeof named === 'string' ? named : issue.code, issue.message);
    }
    return [];
  });

/** By header; without the blank fields. */
const readRecords = (bytes: Uint8Array, faults: FileFaults): readonly Readonly<Record<string, string>>[] => {
  try {
    const records: readonly Readonly<Record<string, string>>[] = parse(Buffer.from(bytes), {
      bom: true,
      columns: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
    });
    if (records.length === 0)
      faults.add('', '', 'too_few', 'The file has no rows. Leave roads out where there are none.');
    return records.map((record) => Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== '')));
  } catch (error) {
    faults.add('', '', 'csv_syntax', `The file is no CSV with a header: ${errorMessage(error)}`);
    return [];
  }
};

const checkIds = <T>(
  rows: readonly Numbered<T>[],
  column: string,
  idOf: (value: T) => string,
  faults: FileFaults,
): void => {
  const first = new Map<string, number>();
  for (const { row, value } of rows) {
    const id = idOf(value);
    const taken = first.get(id);
    if (taken === undefined) first.set(id, row);
    else faults.add(`row ${row}, ${column}`, id, 'duplicate_id', `The id is taken by row ${taken}. Give each its own.`);
  }
};

const checkEnds = (
  links: readonly Numbered<z.infer<typeof linkRow>>[],
  nodes: readonly Numbered<z.infer<typeof nodeRow>>[],
  nodeFile: string,
  faults: FileFaults,
): void => {
  const known = new Set(nodes.map(({ value }) => value.node_id));
  for (const { row, value } of links) {
    for (const column of ['from_node_id', 'to_node_id'] as const) {
      if (known.has(value[column])) continue;
      faults.add(`row ${row}, ${column}`, value[column], 'unknown_node', `${column} must be a node_id of ${nodeFile}.`);
    }
  }
};

const toNode = ({ value }: Numbered<z.infer<typeof nodeRow>>): RoadNode => ({
  id: value.node_id,
  lat: value.y_coord,
  lon: value.x_coord,
});

const toLink = ({ value }: Numbered<z.infer<typeof linkRow>>): RoadLink => ({
  id: value.link_id,
  from: value.from_node_id,
  to: value.to_node_id,
  directed: value.directed,
  lengthM: value.length,
  freeSpeedKmh: value.free_speed,
  name: value.name,
  maxHeightM: value.max_height,
  maxWeightT: value.max_weight,
  chains: value.chains ?? false,
  permit: value.permit,
});
