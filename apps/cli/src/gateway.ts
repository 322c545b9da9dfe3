import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';

import type { Output } from './output.js';

/** The gateway's program in `dist`, whether this file runs from there or from its source. */
const program = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../dist/apps/gateway/src/main.js', import.meta.url)
    : new URL('../../gateway/src/main.js', import.meta.url),
);

/** Addresses may hold a password: they go by the environment, since everybody can read a command line. */
const BY_ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['--mqtt', 'MQTT_URL'],
  ['--source', 'VENUEFLOW_SOURCE'],
]);

interface Handover {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Parts the words of the command line into arguments and environment. */
export const handOver = (words: readonly string[]): Handover => {
  const args: string[] = [];
  const environment: Record<string, string> = {};
  for (let at = 0; at < words.length; at++) {
    const [, flag = '', , joined] = /^(--[a-z-]+)(=(.*))?$/s.exec(words[at] ?? '') ?? [];
    const variable = BY_ENVIRONMENT.get(flag);
    const value = joined ?? words[at + 1];
    if (variable === undefined || value === undefined) args.push(words[at] ?? '');
    else {
      environment[variable] = value;
      if (joined === undefined) at++;
    }
  }
  return { args, environment };
};

/** Runs the gateway's program on this one's terminal, and gives its exit code. When this process dies it ends too, by the channel between them. */
const runGateway = async (words: readonly string[]): Promise<number> => {
  const { args, environment } = handOver(words);
  const child = fork(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal ? constants.signals[signal] : 0);
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
};

/** Its help is the gateway program's. */
class GatewayCommand extends Command {
  override helpInformation(): string {
    return spawnSync(process.execPath, [program, '--help'], { encoding: 'utf8' }).stdout;
  }
}

/** `gateway ...`: the gateway as a program of its own, with that program's flags. */
export const registerGateway = (parent: Command, output: Output): void => {
  const command = new GatewayCommand('gateway')
    .description('read devices, a recording or stdin, and publish it from a disk buffer')
    .argument('[flags...]')
    .allowUnknownOption()
    .action(async () => {
      const code = await runGateway(command.args);
      if (code !== 0) output.fail(code);
    });
  parent.addCommand(command);
};
