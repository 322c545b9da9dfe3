import { Command } from 'commander';

import { registerBench } from './bench/bench.js';
import { registerGamesCheck } from './games-check.js';
import { registerGateway } from './gateway.js';
import { registerGtfsCheck } from './gtfs/gtfs-check.js';
import { registerGtfsImport } from './gtfs/gtfs-import.js';
import { registerMigrate } from './migrate.js';
import type { Output } from './output.js';
import { registerReconcile } from './reconcile/reconcile.js';
import { registerReference } from './reference/reference.js';
import { registerSimulate } from './simulate/simulate.js';
import { registerSize } from './size.js';

/** One file and one line for each command. */
const commands: readonly ((program: Command, output: Output) => void)[] = [
  registerBench,
  registerGamesCheck,
  registerGateway,
  registerGtfsCheck,
  registerGtfsImport,
  registerMigrate,
  registerReconcile,
  registerReference,
  registerSimulate,
  registerSize,
];

/** Throws a CommanderError where the command line is wrong, after one line on stderr. */
export const buildProgram = (output: Output): Command => {
  const program = new Command('venueflow')
    .description('Transport and energy of an event’s venues')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
      outputError: (text, write) => write(text.trimEnd().replace(/\n+/g, ' ')),
    });
  for (const register of commands) register(program, output);
  inherit(program);
  return program;
};

/** Commander copies settings to a command only when it is made by a parent that has them; nested ones are told here. */
const inherit = (command: Command): void => {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inherit(child);
  }
};
