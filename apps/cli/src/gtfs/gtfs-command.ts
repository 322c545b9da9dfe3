import type { Command } from 'commander';

/** The command `gtfs`, made by whoever asks first. */
export const gtfsCommand = (program: Command): Command =>
  program.commands.find((command) => command.name() === 'gtfs') ?? program.command('gtfs').description('GTFS feeds');
