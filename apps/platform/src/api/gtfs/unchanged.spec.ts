import { expect, it } from '@jest/globals';

import { isUnchanged } from './unchanged.js';

const MODIFIED = Date.UTC(2026, 1, 6, 12, 0, 0, 500);
const DATE = 'Fri, 06 Feb 2026 12:00:00 GMT';

it.each([
  ['nothing', {}, false],
  ['its ETag', { 'if-none-match': '"a"' }, true],
  ['its ETag among others, weakened on the way', { 'if-none-match': '"b", W/"a"' }, true],
  ['any', { 'if-none-match': '*' }, true],
  ['another ETag', { 'if-none-match': '"b"' }, false],
  ['another ETag and its date', { 'if-none-match': '"b"', 'if-modified-since': DATE }, false],
  ['its date', { 'if-modified-since': DATE }, true],
  ['a date before', { 'if-modified-since': 'Fri, 06 Feb 2026 11:59:59 GMT' }, false],
  ['no date', { 'if-modified-since': 'yesterday' }, false],
])('a client with %s', (_what, headers, unchanged) => {
  expect(isUnchanged({ ...headers, 'cache-control': 'no-cache' }, '"a"', MODIFIED)).toBe(unchanged);
});
