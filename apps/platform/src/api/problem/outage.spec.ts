import { describe, expect, it } from '@jest/globals';

import { isOutage, Outage, within } from './outage.js';

const withCode = (code: string): Error => Object.assign(new Error('no'), { code });

describe('isOutage', () => {
  it.each([
    withCode('ECONNREFUSED'),
    withCode('57P01'),
    withCode('08006'),
    new AggregateError([withCode('ECONNREFUSED')]),
    new Error('Connection terminated unexpectedly'),
    new Error('query failed', { cause: withCode('ECONNRESET') }),
    new Outage('The database did not answer within 5000 ms.'),
  ])('says that %s is the database away', (error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([withCode('42703'), withCode('23505'), new TypeError('x is not a function'), 'text'])(
    'leaves %s as the bug it is',
    (error) => {
      expect(isOutage(error)).toBe(false);
    },
  );
});

describe('within', () => {
  it('gives the value in time, and an outage after it', async () => {
    await expect(within(1_000, 'It', Promise.resolve(7))).resolves.toBe(7);
    await expect(within(5, 'It', new Promise(() => undefined))).rejects.toThrow('It did not answer within 5 ms.');
  });
});
