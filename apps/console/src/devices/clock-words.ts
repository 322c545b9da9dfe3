import type { Level } from '../controls/level.js';
import { formatDuration } from '../format/quantity.js';

/** As the platform's alarm has it; at a faster event time a second of delay is so many of clock. */
const WRONG_SECONDS = 30;
const RIGHT_SECONDS = 5;

/** How the clock of a gateway goes against ours. */
export const clockWords = (
  skewSeconds: number | null,
  speed: number,
): { readonly level: Level; readonly text: string } => {
  if (skewSeconds === null) return { level: 'none', text: 'no fault' };
  const size = Math.abs(skewSeconds);
  const scale = Math.max(1, speed);
  if (size <= RIGHT_SECONDS * scale) return { level: 'good', text: 'right' };
  const text = `${formatDuration(size)} ${skewSeconds > 0 ? 'ahead' : 'behind'}`;
  return { level: size > WRONG_SECONDS * scale ? 'bad' : 'warn', text };
};
