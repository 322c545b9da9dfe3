import { expect, it } from '@jest/globals';
import { figureText, isSure } from './figure-text.js';
import { indicatorWords } from './indicator-words.js';

it('writes a mean with what it may be off by', () => {
  expect(figureText({ mean: 622.4, half_width: 12.345 })).toBe('622 ± 12.35');
  expect(figureText({ mean: -0.5, half_width: null })).toBe('\u22120.5');
  expect(figureText({ mean: -0.001, half_width: null })).toBe('0');
});

it('is sure of a difference whose interval leaves out nought', () => {
  expect(isSure({ mean: -5, half_width: 4 })).toBe(true);
  expect(isSure({ mean: 5, half_width: 5 })).toBe(false);
  expect(isSure({ mean: 5, half_width: null })).toBe(false);
});

it('names indicators, those of a group too, and those it does not know', () => {
  expect(indicatorWords('energy_cost', 'USD')).toBe('Energy, USD');
  expect(indicatorWords('p95_wait_s.media', 'USD')).toBe('95 % wait less than, s: media');
  expect(indicatorWords('moonlight', 'USD')).toBe('moonlight');
});
