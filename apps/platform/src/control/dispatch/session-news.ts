import { type Pack, sessionsBetween } from '#libs/games';
import { epochMs, type EpochMs, HOUR_MS } from '#libs/kernel';
import type { SessionState } from '#libs/store';
import type { SessionNews } from '#libs/transport';

/** Sessions that ended so long ago send nobody any more; those that end later than this after now are past a plan's horizon. */
export const SESSION_WINDOW_MS = 6 * HOUR_MS;

/** How the sessions around now go, as far as somebody said so. */
export const sessionNews = (pack: Pack, states: readonly SessionState[], now: EpochMs): readonly SessionNews[] => {
  const window = { start: epochMs(now - SESSION_WINDOW_MS), end: epochMs(now + SESSION_WINDOW_MS) };
  const said = new Map(states.map((state) => [`${state.venue} ${state.session}`, state]));
  return sessionsBetween(pack, window).flatMap(({ id, venue, start, end }) => {
    const state = said.get(`${venue} ${id}`);
    if (!state) return [];
    return [{ venue, planned: { start, end }, state: state.state, ends: state.expectedEnd ?? undefined }];
  });
};
