import type { Level } from '../controls/level.js';
import type { RunHead, RunState } from './wire.js';

export const STATE_LEVELS: Readonly<Record<RunState, Level>> = {
  queued: 'none',
  running: 'none',
  done: 'good',
  cancelled: 'warn',
  failed: 'bad',
};

/** `running, 42 %`. */
export const stateWords = ({ state, progress }: Pick<RunHead, 'state' | 'progress'>): string =>
  state === 'running' ? `running, ${Math.floor(progress * 100)} %` : state;
