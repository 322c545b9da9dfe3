import { type Pack, sessionsBetween } from '#libs/games';
import { epochMs, HOUR_MS, type EpochMs } from '#libs/kernel';

import { gatewayDocuments } from '../devices/gateway.schema.js';
import type { PackPoint } from '../devices/pack-points.js';
import { overrideDocument } from '../overrides/override.schema.js';
import { lineGlances } from './line-glances.js';
import type { Overview } from './overview.schema.js';
import type { Picture } from './picture.js';
import { dispatchGlance, energyGlance } from './plan-glances.js';
import { feederGlances, venueGlances } from './venue-glances.js';

const SESSIONS_AHEAD_MS = 36 * HOUR_MS;
const SHOWN_SESSIONS = 5;

const sessionGlances = (pack: Pack, now: EpochMs): Overview['sessions'] => {
  const sessions = sessionsBetween(pack, { start: now, end: epochMs(now + SESSIONS_AHEAD_MS) }).map(
    ({ start, end, ...session }) => ({ ...session, start_ms: start, end_ms: end }),
  );
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
    plans: {
      dispatch: dispatchGlance(picture.dispatch, picture.now),
      energy: energyGlance(picture.energy, picture.now),
    },
    approval: { dispatch: pack.transport.approval, energy: pack.energy.approval },
    venues,
    feeders: feederGlances(pack, venues),
    gateways: gatewayDocuments(pack, picture.gateways),
    lines: lineGlances(pack, picture, lineName),
    news: picture.estimate.news,
    sessions: sessionGlances(pack, picture.now),
    overrides: picture.overrides.map(overrideDocument),
  };
};
