import { CommanderError } from 'commander';

import { processOutput } from './output.js';
import { buildProgram } from './program.js';

try {
  await buildProgram(processOutput).parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode !== 0) processOutput.fail();
}
