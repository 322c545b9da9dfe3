import { describe, expect, it } from '@jest/globals';

import { BenchError } from './bench-error.js';
import { withCleanup } from './cleanup.js';

describe('withCleanup', () => {
  it('stops what was started, the last first, also when the work fails', async () => {
    const stopped: string[] = [];
    const work = withCleanup(
      () => undefined,
      (cleanup) => {
        for (const name of ['broker', 'database']) cleanup.add(name, () => void stopped.push(name));
        return Promise.reject(new BenchError('no'));
      },
    );
    await expect(work).rejects.toThrow('no');
    expect(stopped).toEqual(['database', 'broker']);
  });

  it('stops the others when one cannot be stopped, and says so', async () => {
    const said: string[] = [];
    const stopped: string[] = [];
    const answer = await withCleanup(
      (line) => said.push(line),
      (cleanup) => {
        cleanup.add('broker', () => void stopped.push('broker'));
        cleanup.add('database', () => Promise.reject(new Error('it hangs')));
        return Promise.resolve(7);
      },
    );
    expect([answer, stopped, said]).toEqual([7, ['broker'], ['database was not stopped: it hangs']]);
  });

  it('fails on Ctrl-C and stops everything, what is started late as well, and leaves no listener', async () => {
    const listeners = process.listenerCount('SIGINT');
    const stopped: string[] = [];
    let brokerEnded: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (brokerEnded = resolve));
    const work = withCleanup(
      () => undefined,
      (cleanup) => {
        cleanup.add('broker', () => {
          stopped.push('broker');
          brokerEnded();
        });
        return ended.then(() => cleanup.add('database', () => void stopped.push('database')));
      },
    );
    process.emit('SIGINT');
    await expect(work).rejects.toThrow('Interrupted.');
    expect(stopped).toEqual(['broker', 'database']);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });
});
