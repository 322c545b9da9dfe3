import { expect, it } from '@jest/globals';
import { devicesHash, readPage, whatIfHash } from './page.js';

it('shows the room unless the address says devices', () => {
  for (const hash of ['', '#', '#operations', '#dispatch-panel', '#__proto__'])
    expect(readPage(hash)).toEqual({ name: 'operations' });
  expect(readPage('#energy')).toEqual({ name: 'energy' });
  expect(readPage('#transport')).toEqual({ name: 'transport' });
  expect(readPage('#devices')).toEqual({ name: 'devices', venue: undefined });
  expect(readPage('#devices/')).toEqual({ name: 'devices', venue: undefined });
});

it('finds the venue in an address that it wrote', () => {
  expect(readPage(devicesHash('a b/c'))).toEqual({ name: 'devices', venue: 'a b/c' });
  expect(readPage(devicesHash())).toEqual({ name: 'devices', venue: undefined });
  expect(readPage('#devices/%')).toEqual({ name: 'devices', venue: undefined });
});

it('finds the runs in an address', () => {
  const [a, b] = ['0123456789ab', 'ba9876543210'];
  expect(readPage(whatIfHash())).toEqual({ name: 'what-if', ids: [] });
  expect(readPage(whatIfHash(a))).toEqual({ name: 'what-if', ids: [a] });
  expect(readPage(whatIfHash(a, b))).toEqual({ name: 'what-if', ids: [a, b] });
  expect(readPage('#what-if/../devices')).toEqual({ name: 'what-if', ids: [] });
});
