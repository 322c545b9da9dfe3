import type { EpochMs } from '#libs/kernel';
import type { RealtimeInputs } from '#libs/transport';

/** What spectators' feeds take of the live picture: positions and predicted arrivals. */
export type LiveInputs = Pick<RealtimeInputs, 'locations' | 'predictions'>;

/** Where the live picture comes from. */
export interface LiveTransport {
  read(now: EpochMs): Promise<LiveInputs>;
}

/** Injection token of a LiveTransport. */
export const LIVE_TRANSPORT = Symbol('LiveTransport');
