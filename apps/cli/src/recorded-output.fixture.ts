import type { Output } from './output.js';
import { buildProgram } from './program.js';

/** Runs a command line in this process and keeps what it says. */
export const runVenueflow = async (...words: string[]) => {
  const said = { out: '', err: '', failed: false };
  const output: Output = {
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    fail: () => {
      said.failed = true;
    },
  };
  const error: unknown = await buildProgram(output)
    .parseAsync(words, { from: 'user' })
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  return { ...said, error };
};
