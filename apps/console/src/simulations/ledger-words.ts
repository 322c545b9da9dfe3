import type { LedgerDay } from './wire.js';

const TIMING = {
  before: 'predicted before it began',
  during: 'predicted when it had begun',
  late: 'predicted too late, when it was over',
} as const;

/** Where a day stands, in words. */
export const ledgerWords = ({ state, timing, why }: LedgerDay): string => {
  const when = state === 'predicting' ? 'not predicted yet' : timing === null ? [] : TIMING[timing];
  return [when, why ?? []].flat().join('. ');
};
