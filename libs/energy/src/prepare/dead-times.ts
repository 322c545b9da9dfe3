import { feederPath, type GridConnection, type Pack, plannedOutages } from '#libs/games';
import type { Interval } from '#libs/kernel';
import type { Outage } from './energy-inputs.js';

/** What of the pack says when connections are dead. */
export interface GridRules extends Pick<Pack, 'feeders'> {
  readonly games: Pick<Pack['games'], 'time_zone'>;
}

/** When a connection is dead: by the pack, by people's word, or with a feeder that it hangs on. */
export const deadTimes = (
  pack: GridRules,
  connection: GridConnection,
  entered: readonly Outage[],
): readonly Interval[] => {
  const path = feederPath(pack.feeders, connection.feeder);
  return [
    ...plannedOutages(pack, connection),
    ...entered
      .filter(({ of, id }) => (of === 'connection' ? id === connection.id : of === 'feeder' && path.includes(id)))
      .map(({ from, until }) => ({ start: from, end: until })),
  ];
};
