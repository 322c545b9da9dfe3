import type { EpochMs } from '#libs/kernel';
import type { RealtimeInputs } from '#libs/transport';

/** What spectators' feeds show of the live picture: positions, predicted arrivals, and alerts beside those on departures. */
export type LivePicture = Pick<RealtimeInputs, 'locations' | 'predictions' | 'alerts'>;

/** Where the live picture comes from. */
export interface LiveTransport {
  read(now: EpochMs): Promise<LivePicture>;
}

/** Injection token of a LiveTransport. */
export const LIVE_TRANSPORT = Symbol('LiveTransport');
