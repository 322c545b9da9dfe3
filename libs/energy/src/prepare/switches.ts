import type { GridConnection, Venue } from '#libs/games';
import { MINUTE_MS } from '#libs/kernel';
import type { SiteProblem, TransferSwitch } from '../problem.js';
import { assetKey, type EnergyInputs } from './energy-inputs.js';

/** A venue's transfer switches whose position is known, and what bars their connections. */
export const prepareSwitches = (
  { grid, measured }: Pick<EnergyInputs, 'grid' | 'measured'>,
  { id: venue, switches = [], interlocks = [] }: Venue,
): Pick<SiteProblem, 'switches' | 'interlocks'> => {
  const known = switches.flatMap(
    ({ id, connections, operation_cost, most_operations, min_closed_minutes = 0 }): readonly TransferSwitch[] => {
      const now = measured?.positions.get(assetKey(venue, id));
      if (!now) return [];
      return [
        {
          switch: id,
          connections,
          // Without a closed one it begins as if on its first: that one may not be dead for ever.
          closed: connections[now.position - 1] ?? connections[0] ?? '',
          operation_cost,
          most_operations,
          min_closed_slots: Math.ceil((min_closed_minutes * MINUTE_MS) / grid.slotMs),
          closed_slots: now.slots,
        },
      ];
    },
  );
  if (known.length === 0) return {};
  const switched = known.flatMap(({ connections }) => connections);
  const closed = known.map((one) => one.closed);
  const barred = interlocks
    .map(({ id, connections }) => ({
      interlock: id,
      connections: connections.filter((connection) => switched.includes(connection)),
    }))
    // One that somebody has overruled by hand bars nothing, so that there still is a plan.
    .filter(({ connections }) => connections.filter((connection) => closed.includes(connection)).length < 2);
  return { switches: known, ...(barred.length > 0 && { interlocks: barred }) };
};

/** A venue's connections without those that a switch leaves open of which nobody knows where it stands. */
export const usableConnections = (
  { measured }: Pick<EnergyInputs, 'measured'>,
  { id: venue, switches = [] }: Pick<Venue, 'id' | 'switches'>,
  connections: readonly GridConnection[],
): readonly GridConnection[] => {
  const open = switches
    .filter(({ id }) => !measured?.positions.has(assetKey(venue, id)))
    .flatMap((one) => one.connections.slice(1));
  return connections.filter(({ id }) => !open.includes(id));
};
