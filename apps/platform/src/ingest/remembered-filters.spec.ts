import { describe, expect, it } from '@jest/globals';
import { rememberFilters } from './remembered-filters.js';

const memory = () => {
  const states = new Map<string, unknown>();
  return {
    states,
    getState: (name: string) => Promise.resolve(states.get(name)),
    putState: (name: string, document: unknown) => Promise.resolve(void states.set(name, document)),
  };
};

describe('rememberFilters', () => {
  it('has nothing to take back at first', async () =>
    expect((await rememberFilters(memory(), 3, ['a/#'])).former).toEqual([]));

  it('takes back what a changed pack does not want, again after a crash, until it is settled', async () => {
    const store = memory();
    await rememberFilters(store, 3, ['a/#', 'b/#']);
    expect((await rememberFilters(store, 3, ['b/#', 'c/#'])).former).toEqual(['a/#']);
    const { former, settle } = await rememberFilters(store, 3, ['b/#', 'c/#']);
    expect(former).toEqual(['a/#']);
    await settle();
    expect((await rememberFilters(store, 3, ['b/#', 'c/#'])).former).toEqual([]);
  });
});
