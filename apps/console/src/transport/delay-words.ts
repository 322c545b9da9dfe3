import type { Level } from '../controls/level.js';

/** Within this a vehicle is on time, s: what riders of frequent lines do not notice. */
const ON_TIME_S = 120;
const LATE_S = 300;

/** How a vehicle or a departure keeps to its time. */
export const delayWords = (delayS: number | undefined): { readonly level: Level; readonly text: string } => {
  if (delayS === undefined) return { level: 'none', text: 'not known' };
  const minutes = Math.round(Math.abs(delayS) / 60);
  if (Math.abs(delayS) <= ON_TIME_S) return { level: 'good', text: 'on time' };
  if (delayS < 0) return { level: 'warn', text: `${minutes} min early` };
  return { level: delayS > LATE_S ? 'bad' : 'warn', text: `${minutes} min late` };
};
