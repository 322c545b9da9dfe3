/**
 * One record: its cells, as they are and without their quotes, and the line of the file on which it ends, from 1.
 * `torn`: a quote opens in it and never closes. The array is not used again.
 */
export type VisitRecord = (cells: readonly string[], line: number, torn: boolean) => void;

const QUOTE = '"';

/** Splits CSV (RFC 4180; lines end in LF or CRLF) into records, one at a time. Blank lines are passed over. */
export const splitCsv = (text: string, visit: VisitRecord): void => {
  let line = 0;
  let start = 0;
  let quote = text.indexOf(QUOTE);
  while (start < text.length) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed < 0 ? text.length : lineFeed;
    if (quote >= 0 && quote < start) quote = text.indexOf(QUOTE, start);
    line += 1;
    if (quote < 0 || quote >= end) {
      const last = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      if (last > start) visit(text.slice(start, last).split(','), line, false);
      start = end + 1;
      continue;
    }
    const record = readQuoted(text, start);
    line += record.lineFeeds;
    visit(record.cells, line, record.torn);
    start = record.next;
  }
};

interface QuotedRecord {
  readonly cells: readonly string[];
  readonly next: number;
  /** Within quotes. */
  readonly lineFeeds: number;
  readonly torn: boolean;
}

/** A record with quotes. What follows a closing quote within its cell belongs to the cell. */
const readQuoted = (text: string, start: number): QuotedRecord => {
  const cells: string[] = [];
  let place = start;
  let lineFeeds = 0;
  for (;;) {
    let cell = '';
    let unquotedFrom = place;
    const opening = skipBlanks(text, place);
    if (text[opening] === QUOTE) {
      let from = opening + 1;
      for (;;) {
        const closing = text.indexOf(QUOTE, from);
        const part = text.slice(from, closing < 0 ? text.length : closing);
        cell += part;
        lineFeeds += countLineFeeds(part);
        if (closing < 0) return { cells: [...cells, cell], next: text.length, lineFeeds, torn: true };
        if (text[closing + 1] !== QUOTE) {
          unquotedFrom = closing + 1;
          break;
        }
        cell += QUOTE;
        from = closing + 2;
      }
    }
    place = endOfCell(text, unquotedFrom);
    const rest = text.slice(unquotedFrom, place);
    const ended = place >= text.length || text[place] === '\n';
    const kept = ended && rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    cells.push(unquotedFrom > opening ? cell + kept.trimEnd() : kept);
    place += 1;
    if (ended) return { cells, next: place, lineFeeds, torn: false };
  }
};

const skipBlanks = (text: string, from: number): number => {
  let place = from;
  while (text[place] === ' ' || text[place] === '\t') place += 1;
  return place;
};

const endOfCell = (text: string, from: number): number => {
  let place = from;
  while (place < text.length && text[place] !== ',' && text[place] !== '\n') place += 1;
  return place;
};

const countLineFeeds = (text: string): number => {
  let count = 0;
  for (let place = text.indexOf('\n'); place >= 0; place = text.indexOf('\n', place + 1)) count += 1;
  return count;
};
