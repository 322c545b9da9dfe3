import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineSplitter, MAX_LINE_BYTES } from './lines.js';

const text = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString() : undefined);

describe('LineSplitter', () => {
  it('gives the same lines however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.nat({ max: 20 })), (words, cuts) => {
        const lines = words.map((word) => word.replaceAll('\n', ' '));
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const splitter = new LineSplitter();
        const found = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          found.push(...splitter.push(bytes.subarray(at, at + cut)));
          at = Math.min(bytes.length, at + cut);
        }
        found.push(...splitter.push(bytes.subarray(at)), ...splitter.end());
        expect(found.map((line) => text(line.bytes))).toEqual(lines);
        expect(found.map(({ number }) => number)).toEqual(lines.map((_line, index) => index + 1));
      }),
    );
  });

  it('gives what stands after the last newline at the end', () => {
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.from('a\nb'))).toHaveLength(1);
    expect(splitter.end().map(({ bytes }) => text(bytes))).toEqual(['b']);
    expect(splitter.end()).toEqual([]);
  });

  it('drops a line that is too long, and takes the next', () => {
    const splitter = new LineSplitter();
    for (let part = 0; part < 100; part++) expect(splitter.push(Buffer.alloc(10_000, 'x'))).toEqual([]);
    const lines = splitter.push(Buffer.from(`\n${'y'.repeat(MAX_LINE_BYTES)}\nz\n`));
    expect(lines.map(({ number, bytes }) => [number, bytes?.length])).toEqual([
      [1, undefined],
      [2, MAX_LINE_BYTES],
      [3, 1],
    ]);
  });
});
