// The load generator, a process of its own: `load-process.ts` forks it.
import { errorMessage } from '#libs/kernel';

import { Load } from './load.js';
import type { LoadAnswer, LoadCommand } from './protocol.js';

const answer = (value: LoadAnswer): void => void process.send?.(value);

let load: Load | undefined;

const obey = async (command: LoadCommand): Promise<LoadAnswer> => {
  if (command.kind === 'connect') {
    load = await Load.connect(command.settings);
    return { kind: 'connected' };
  }
  if (!load) throw new Error('It is not connected.');
  return { kind: 'done', result: await load.run(command.run) };
};

process.on('message', (command: LoadCommand) => {
  obey(command).then(answer, (error: unknown) => answer({ kind: 'failed', message: errorMessage(error) }));
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group; who started it ends it.
process.on('SIGINT', () => undefined);
