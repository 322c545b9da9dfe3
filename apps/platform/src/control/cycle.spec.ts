import { describe, expect, it } from '@jest/globals';
import { Cycle } from './cycle.js';

/** A cycle whose runs end when the test says so. */
const controlled = () => {
  const said: string[] = [];
  const runs: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const cycle = new Cycle(() => new Promise<void>((resolve, reject) => runs.push({ resolve, reject })), {
    skipped: () => said.push('skipped'),
    failed: (message, isNews) => said.push(isNews ? `failed: ${message}` : 'failed again'),
    recovered: () => said.push('recovered'),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { cycle, runs, said, settle };
};

describe('Cycle', () => {
  it('does not start a run while one is under way, and says so', async () => {
    const { cycle, runs, said, settle } = controlled();
    cycle.tick();
    cycle.tick();
    expect([runs.length, said]).toEqual([1, ['skipped']]);
    runs[0]?.resolve();
    await settle();
    cycle.tick();
    expect(runs).toHaveLength(2);
    runs[1]?.resolve();
    await cycle.stop();
  });

  it('says whether a failure is news, and reports the recovery', async () => {
    const { cycle, runs, said, settle } = controlled();
    for (const message of ['no data', 'no data', 'no solver']) {
      cycle.tick();
      runs.at(-1)?.reject(new Error(message));
      await settle();
    }
    cycle.tick();
    runs.at(-1)?.resolve();
    await settle();
    expect(said).toEqual(['failed: no data', 'failed again', 'failed: no solver', 'recovered']);
  });

  it('stops after the run that is under way, and starts none after', async () => {
    const { cycle, runs } = controlled();
    cycle.tick();
    let stopped = false;
    const stop = cycle.stop().then(() => (stopped = true));
    await Promise.resolve();
    expect(stopped).toBe(false);
    runs[0]?.resolve();
    await stop;
    cycle.tick();
    expect(runs).toHaveLength(1);
  });
});
