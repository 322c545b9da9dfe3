import { expect, it } from '@jest/globals';
import { figureText, isSure } from './figure-text.js';
import { indicatorWords } from './indicator-words.js';
import { ledgerWords } from './ledger-words.js';

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

it('says where a day of the ledger stands', () => {
  const day = { day: '2026-11-24', indicators: {} };
  expect(ledgerWords({ ...day, state: 'predicting', timing: null, why: null })).toBe('not predicted yet');
  expect(ledgerWords({ ...day, state: 'compared', timing: 'before', why: null })).toBe('predicted before it began');
  expect(ledgerWords({ ...day, state: 'not_live', timing: 'during', why: 'It was dark.' })).toBe(
    'predicted when it had begun. It was dark.',
  );
  expect(ledgerWords({ ...day, state: 'not_predicted', timing: null, why: 'Nobody did.' })).toBe('Nobody did.');
});
