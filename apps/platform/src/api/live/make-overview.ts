import { type Pack, sessionsBetween } from '#libs/games';
import { epochMs, HOUR_MS } from '#libs/kernel';

import { gatewayDocuments } from '../devices/gateway.schema.js';
import type { PackPoint } from '../devices/pack-points.js';
import { overrideDocument } from '../overrides/override.schema.js';
import { lineGlances } from './line-glances.js';
import type { Overview } from './overview.schema.js';
import type { Picture } from './picture.js';
import { dispatchGlance, energyGlance } from './plan-glances.js';
import { feederGlances, venueGlances } from './venue-glances.js';

const SESSIONS_AHEAD_MS = 36 * HOUR_MS;
/** A session that runs so much over its time has been forgotten by those who report it. */
const LATE_MS = 3 * HOUR_MS;
const SHOWN_SESSIONS = 5;

const sessionGlances = (
  pack: Pack,
  { now, sessions: states }: Pick<Picture, 'now' | 'sessions'>,
): Overview['sessions'] => {
  const window = { start: epochMs(now - LATE_MS), end: epochMs(now + SESSIONS_AHEAD_MS) };
  const sessions = sessionsBetween(pack, window).flatMap(({ start, end, ...session }) => {
    const said = states.find((state) => state.venue === session.venue && state.session === session.id);
    const ends = said?.expectedEnd ?? end;
    // One that runs over its time is on until somebody says that it has ended.
    const isOver = said?.state === 'ended' || (ends <= now && said?.state !== 'over_time');
    if (isOver) return [];
    return [
      {
        ...session,
        start_ms: start,
        end_ms: end,
        state: said?.state ?? null,
        expected_end_ms: said?.expectedEnd ?? null,
      },
    ];
  });
  return {
    now: sessions.filter(({ start_ms }) => start_ms <= now),
    next: sessions.filter(({ start_ms }) => start_ms > now).slice(0, SHOWN_SESSIONS),
  };
};

/** The overview of a picture, all but its alarms, which look at it. `points`: those of the pack in the picture. */
export const makeOverview = (
  pack: Pack,
  picture: Picture,
  points: readonly PackPoint[],
  lineName: (id: string) => string,
): Omit<Overview, 'alarms'> => {
  const venues = venueGlances(pack, picture, points);
  const { id, name, time_zone, currency } = pack.games;
  return {
    now: picture.now,
    event: { id, name, time_zone, currency },
    clock: picture.clock,
    readings: { ...picture.totals },
    importing: picture.importing && { done_ratio: picture.importing.done_ratio },
    plans: {
      dispatch: dispatchGlance(picture.dispatch, picture.now),
      energy: energyGlance(picture.energy, picture.now),
    },
    approval: { dispatch: pack.transport.approval, energy: pack.energy.approval },
    venues,
    feeders: feederGlances(pack, picture, venues),
    gateways: gatewayDocuments(pack, picture.gateways),
    lines: lineGlances(pack, picture, lineName),
    news: picture.estimate.news,
    sessions: sessionGlances(pack, picture),
    overrides: picture.overrides.map(overrideDocument),
  };
};
