import { expect, it } from '@jest/globals';
import { formatValue } from './format-value.js';

it.each([
  [null, '–'],
  [0, '0 kW'],
  [-1234.5678, '\u22121,234.568 kW'],
  [0.0001, '1E\u22124 kW'],
  [1e12, '1E12 kW'],
])('writes %p as %s', (value, text) => {
  expect(formatValue(value, 'kW')).toBe(text);
});

it('writes a ratio as per cent', () => {
  expect(formatValue(0.2041, 'ratio')).toBe('20.4 %');
});
