import type { AlarmInputs, Loss } from '#libs/alarms';
import type { GatewayState } from '#libs/store';

import type { PackPoint } from '../devices/pack-points.js';

/** What was heard of gateways and points, at one moment. */
export interface DataPicture {
  readonly gateways: readonly GatewayState[];
  readonly packPoints: readonly PackPoint[];
  /** Recent ones. */
  readonly losses: readonly Loss[];
}

type DataInputs = Pick<AlarmInputs, 'points' | 'clocks' | 'losses'>;

/** What comes of gateways and devices that are online; of the others the last word is old. */
export const dataInputs = (
  { gateways, packPoints, losses }: DataPicture,
  venues: readonly { readonly id: string; readonly name: string }[],
): DataInputs => {
  const names = new Map(venues.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const online = gateways.filter(({ state }) => state === 'online');
  const senders = new Set(online.map(({ venue, gateway }) => `${venue}/${gateway}`));
  const heard = packPoints.filter(({ venue, source }) => senders.has(`${venue}/${source}`));
  return {
    points: venues.map(({ id, name }) => {
      const points = heard.filter(({ venue }) => venue === id);
      const stale = points.flatMap(({ point, state }) => (state === 'stale' ? [point.id] : []));
      return { venue: id, venue_name: name, total: points.length, stale };
    }),
    clocks: online.flatMap(({ venue, gateway, clockSkewS }) =>
      clockSkewS === undefined ? [] : [{ venue, venue_name: nameOf(venue), id: gateway, skew_seconds: clockSkewS }],
    ),
    losses: losses.map(({ venue, gateway, readings }) => ({
      venue,
      venue_name: nameOf(venue),
      id: gateway,
      readings,
    })),
  };
};
