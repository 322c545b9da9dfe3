import type { Pack } from '#libs/games';
import { topics } from '#libs/telemetry';
import { SHARES, shareOf } from './shares.js';

/** The share that every vehicle belongs to; no venue has this name. */
const VEHICLES = 'vehicles';

/** What each share subscribes to: everything that gateways of its venues publish, and the topics of its venues' devices. */
export const filtersByShare = ({
  venues,
  devices,
}: {
  readonly venues: readonly Pick<Pack['venues'][number], 'id'>[];
  readonly devices: readonly Pick<Pack['devices'][number], 'venue' | 'topic' | 'gateway'>[];
}): readonly (readonly string[])[] => {
  const shares = Array.from({ length: SHARES }, () => new Set<string>());
  const add = (venue: string, ...filters: readonly string[]): void => {
    for (const filter of filters) shares[shareOf(venue)]?.add(filter);
  };
  for (const { id } of venues)
    add(id, topics.readings(id, '+'), topics.setpointResult(id, '+'), topics.sessionState(id, '+'));
  for (const { venue, topic, gateway } of devices) if (gateway === undefined) add(venue, topic);
  add(VEHICLES, topics.ordersResult('+'), topics.position('+'));
  return shares.map((filters) => [...filters]);
};
