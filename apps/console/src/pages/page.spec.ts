import { expect, it } from '@jest/globals';
import { devicesHash, readPage } from './page.js';

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
