import { describe, expect, it } from '@jest/globals';

import { Shutdown } from './shutdown.js';

describe('Shutdown', () => {
  it('stops what was started, last first, once', async () => {
    const order: string[] = [];
    const shutdown = new Shutdown();
    const stop = (name: string) => () => Promise.resolve(void order.push(name));
    await shutdown.add('database', 100, stop('database'));
    await shutdown.add('roles', 100, stop('roles'));
    await Promise.all([shutdown.run(), shutdown.run()]);
    expect(order).toEqual(['roles', 'database']);
  });

  it('goes on past one that hangs and one that fails', async () => {
    const order: string[] = [];
    const shutdown = new Shutdown();
    await shutdown.add('database', 100, () => Promise.resolve(void order.push('database')));
    await shutdown.add('failing', 100, () => Promise.reject(new Error('no')));
    await shutdown.add('hanging', 10, () => new Promise(() => undefined));
    await shutdown.run();
    expect(order).toEqual(['database']);
  });

  it('stops at once what is started after it has begun', async () => {
    const shutdown = new Shutdown();
    await shutdown.run();
    let stopped = false;
    await shutdown.add('late', 100, () => Promise.resolve(void (stopped = true)));
    expect(stopped).toBe(true);
  });
});
