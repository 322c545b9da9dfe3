import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitCsv } from './split-csv.js';
import { csvLine } from './write-csv.js';

const recordsOf = (text: string): unknown[] => {
  const records: unknown[] = [];
  splitCsv(text, (cells, line, torn) => records.push(torn ? [line, cells, 'torn'] : [line, cells]));
  return records;
};

describe('splitCsv', () => {
  it.each([
    ['lines', 'a,b\n1,2\n', [[1, ['a', 'b']], [2, ['1', '2']]]],
    ['no line end at the end', 'a\n1', [[1, ['a']], [2, ['1']]]],
    ['CRLF', 'a,b\r\n1,"2"\r\n', [[1, ['a', 'b']], [2, ['1', '2']]]],
    ['blank lines, which count', 'a\n\n\r\n1\n', [[1, ['a']], [4, ['1']]]],
    ['spaces only', 'a\n  \n', [[1, ['a']], [2, ['  ']]]],
    ['blank cells', ',\n,,', [[1, ['', '']], [2, ['', '', '']]]],
    ['quotes around commas, quotes and line ends', '"a,b","say ""x""","1\n2"\nc,d,e', [[2, ['a,b', 'say "x"', '1\n2']], [3, ['c', 'd', 'e']]]],
    ['spaces around quotes, which go', 'a, "b" ,c', [[1, ['a', 'b', 'c']]]],
    ['spaces within quotes, which stay', '" a "', [[1, [' a ']]]],
    ['a quote within a cell', 'the "big" hall,2', [[1, ['the "big" hall', '2']]]],
    ['text after a closing quote', '"a"b,c', [[1, ['ab', 'c']]]],
    ['a quote that never closes', 'a\n"b,c\nd', [[1, ['a']], [3, ['b,c\nd'], 'torn']]],
    ['nothing', '', []],
  ])('reads %s', (_what, text, records) => {
    expect(recordsOf(text)).toEqual(records);
  }); // prettier-ignore

  it('reads again what was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'é') });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        expect(recordsOf(csvLine(cells)).map((record) => (record as unknown[])[1])).toEqual([cells]);
      }),
    );
  });
});
