import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';

/** Numbers, times and blanks as they mean the same: `08:00:00` and `8:00:00`, `1.50` and `1.5`. */
const meaning = (cell: string): string => {
  const text = cell.trim();
  if (/^\d:\d\d:\d\d$/.test(text)) return `0${text}`;
  return /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text;
};

/**
 * What a GTFS zip says, by another CSV reader than the feed's: the rows of each file with their filled cells, in an
 * order of their own. Two zips that say the same are equal.
 */
export const parsedRows = (zip: Uint8Array): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(unzipSync(zip)).map(([file, bytes]) => {
      const records: readonly (readonly string[])[] = parse(Buffer.from(bytes), {
        bom: true,
        relax_column_count: true,
        skip_empty_lines: true,
      });
      const [header = [], ...rows] = records;
      const said = rows.map((row) =>
        JSON.stringify(
          header
            .map((column, place) => [column.trim(), meaning(row[place] ?? '')] as const)
            .filter(([, value]) => value !== '')
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
      );
      return [file, said.sort()];
    }),
  );
