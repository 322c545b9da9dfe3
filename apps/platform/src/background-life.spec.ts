import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { BackgroundLife } from './background-life.js';

const lifeOf = () => {
  const logger = new Logger('Test');
  const said = jest.spyOn(logger, 'error').mockImplementation(() => undefined);
  return { life: new BackgroundLife({ logger, complaint: 'Cannot do it', pauseMs: 1 }), said };
};

describe('BackgroundLife', () => {
  it('tries again what fails, and says the same reason once', async () => {
    const { life, said } = lifeOf();
    let turns = 0;
    await new Promise<void>((resolve) => {
      life.begin(() => {
        turns += 1;
        if (turns < 4) return Promise.reject(new Error(turns < 3 ? 'no database' : 'no broker'));
        resolve();
        return Promise.resolve(false);
      });
    });
    expect(said.mock.calls).toEqual([['Cannot do it: no database'], ['Cannot do it: no broker']]);
    await life.end(1000);
  });

  it('ends after the turn under way, and waits no longer than it may', async () => {
    const { life } = lifeOf();
    let turns = 0;
    life.begin(() => {
      turns += 1;
      return new Promise((resolve) => life.signal.addEventListener('abort', () => resolve(true)));
    });
    await life.end(60_000);
    expect(turns).toBe(1);
    const { life: stuck } = lifeOf();
    stuck.begin(() => new Promise(() => undefined));
    await stuck.end(5);
  });
});
