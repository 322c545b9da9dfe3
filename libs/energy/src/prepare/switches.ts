import type { GridConnection, Venue } from '#libs/games';
import { MINUTE_MS } from '#libs/kernel';
import type { SiteProblem, TransferSwitch } from '../problem.js';
import { assetKey, type EnergyInputs } from './energy-inputs.js';
import { type HeldInputs, heldSeries } from './held-switches.js';

type Inputs = HeldInputs & Pick<EnergyInputs, 'measured'>;

/** A venue's transfer switches whose position is known, and what bars their connections. */
export const prepareSwitches = (inputs: Inputs, venue: Venue): Pick<SiteProblem, 'switches' | 'interlocks'> => {
  const { grid } = inputs;
  const { switches = [], interlocks = [] } = venue;
  const standing = findStanding(inputs, venue);
  const known = switches.flatMap(
    ({ id, connections, operation_cost, most_operations, min_closed_minutes = 0 }): readonly TransferSwitch[] => {
      const now = standing.get(id);
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
          ...(now.held && { held: now.held }),
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
  inputs: Inputs,
  venue: Venue,
  connections: readonly GridConnection[],
): readonly GridConnection[] => {
  const standing = findStanding(inputs, venue);
  const open = (venue.switches ?? []).filter(({ id }) => !standing.has(id)).flatMap((one) => one.connections.slice(1));
  return connections.filter(({ id }) => !open.includes(id));
};

interface Standing {
  /** Counted from 1; 0 for none. */
  readonly position: number;
  readonly slots: number;
  readonly held: readonly (string | null)[] | undefined;
}

/** By switch: where it was measured, else where people hold it now. */
const findStanding = (inputs: Inputs, venue: Venue): ReadonlyMap<string, Standing> => {
  const series = heldSeries(inputs, venue);
  return new Map(
    (venue.switches ?? []).flatMap(({ id, connections }): readonly (readonly [string, Standing])[] => {
      const held = series.get(id);
      const now = inputs.measured?.positions.get(assetKey(venue.id, id));
      if (now) return [[id, { ...now, held }]];
      const position = 1 + connections.indexOf(held?.[0] ?? '');
      return position > 0 ? [[id, { position, slots: 0, held }]] : [];
    }),
  );
};
