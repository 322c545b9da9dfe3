/** What a command speaks to. */
export interface Output {
  /** The answer: stdout. */
  out(text: string): void;
  /** Progress and complaints: stderr. */
  err(text: string): void;
  /** The command did not succeed: exit code 1, or the one given. */
  fail(exitCode?: number): void;
}

export const processOutput: Output = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  fail: (exitCode = 1) => {
    process.exitCode = exitCode;
  },
};

/** A table for people: columns as wide as their widest cell, the last one open. Numbers to the right. */
export const formatTable = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = header.map((title, place) => Math.max(title.length, ...rows.map((row) => row[place]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, place) => {
        const width = widths[place] ?? 0;
        return /^-?[\d.,]+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};
