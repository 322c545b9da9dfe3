import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { convert } from './units.js';

describe('convert', () => {
  it.each([
    [558.965, 'W', 'kW', 0.558965],
    [5, 'mW', 'kW', 0.000005],
    [1.2, 'MW', 'kW', 1200],
    [2589773.39, 'Wh', 'kWh', 2589.77339],
    [3.6, 'MJ', 'kWh', 1],
    [7200, 'kJ', 'kWh', 2],
    [3_600_000, 'J', 'kWh', 1],
    [4, 'MWh', 'kWh', 4000],
    [882.413, 'VA', 'kVA', 0.882413],
    [250, 'VAr', 'kvar', 0.25],
    [250, 'var', 'kvar', 0.25],
    [230_100, 'mV', 'V', 230.1],
    [20, 'kV', 'V', 20_000],
    [2392, 'mA', 'A', 2.392],
    [49_980, 'mHz', 'Hz', 49.98],
    [80, '%', 'ratio', 0.8],
    [61, '%RH', 'ratio', 0.61],
    [0.5, '/', 'ratio', 0.5],
    [0.76, '1', 'ratio', 0.76],
    [31, '1', 'people', 31],
    [31, 'count', 'people', 31],
    [21.5, 'Cel', '°C', 21.5],
    [212, '°F', '°C', 100],
    [-40, 'Far', '°C', -40],
    [50, 'degF', '°C', 10],
    [0, 'K', '°C', -273.15],
    [12, 'kW', 'kW', 12],
  ])('%d %s in %s is %d', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBeCloseTo(expected, 10);
  });

  it.each([
    ['W', 'kWh'],
    ['kVA', 'kW'],
    ['1', 'kW'],
    ['dBm', 'kW'],
    ['mw', 'kW'],
    ['', 'kW'],
    ['kW', 'horses'],
    ['__proto__', 'kW'],
    ['constructor', 'constructor'],
  ])('knows nothing of %s in %s', (from, to) => {
    expect(convert(1, from, to)).toBeUndefined();
  });

  it('makes no error of its own where the factor is whole', () => {
    expect(convert(558.965, 'W', 'kW')).toBe(0.558965);
    expect(convert(375.5, 'W', 'kW')).toBe(0.3755);
  });

  it('comes back to where it began', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
        fc.constantFrom(['W', 'kW'], ['MJ', 'kWh'], ['°F', '°C'], ['K', '°C'], ['%', 'ratio'], ['mA', 'A'] as const),
        (value, [a = '', b = '']) => {
          expect(convert(convert(value, a, b) ?? NaN, b, a)).toBeCloseTo(value, 4);
        },
      ),
    );
  });
});
