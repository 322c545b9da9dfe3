import { areInterlocked, deadTimes, ENERGY_SLOT_MS, heldSwitches } from '#libs/energy';
import { listConnections, type Pack, type Venue } from '#libs/games';
import { contains, epochMs, type EpochMs, floorTo } from '#libs/kernel';
import { type CurrentSetpoint, listHeldSwitches, listOutages, type OverrideRule } from '#libs/planning';

/** What of the pack says where switches may stand. */
export interface SwitchRules extends Pick<Pack, 'feeders' | 'venues'> {
  readonly games: Pick<Pack['games'], 'time_zone'>;
}

/**
 * Setpoints with people's word on transfer switches over them. A switch stays on the connection that it is held on, renewed each slot, unless that is dead. Another switch that would stand on what is
 * interlocked with it, as planned or without being told, is told the first of its connections that is not.
 */
export const holdSwitches = (
  pack: SwitchRules,
  setpoints: readonly CurrentSetpoint[],
  overrides: readonly OverrideRule[],
  now: EpochMs,
): readonly CurrentSetpoint[] => {
  const holds = listHeldSwitches(overrides, now);
  if (holds.length === 0) return setpoints;
  const outages = listOutages(overrides, now);
  const from = floorTo(now, ENERGY_SLOT_MS);
  const instant = { start: now, end: epochMs(now + 1) };
  const held = pack.venues.flatMap((venue): readonly CurrentSetpoint[] => {
    const own = heldSwitches(pack, venue, { holds, outages }, instant);
    const isDead = (id: string): boolean =>
      listConnections(venue).some(
        (terms) => terms.id === id && deadTimes(pack, terms, outages).some((dead) => contains(dead, now)),
      );
    return (venue.switches ?? []).flatMap(({ id: asset, connections }) => {
      const planned = setpoints.find((one) => one.venue === venue.id && one.asset === asset)?.value;
      const hold = own.get(asset) ?? findBar(venue, own.values(), connections[(planned ?? 1) - 1]);
      if (!hold) return [];
      const wanted =
        hold.switch === asset
          ? hold.connection
          : connections.find((id) => !isDead(id) && !findBar(venue, own.values(), id));
      if (wanted === undefined) return [];
      const until = Math.min(from + ENERGY_SLOT_MS, hold.until);
      const value = 1 + connections.indexOf(wanted);
      return [{ venue: venue.id, asset, from_ms: from, until_ms: until, value, unit: 'position', override: hold.id }];
    });
  });
  const isHeld = ({ venue, asset }: CurrentSetpoint): boolean =>
    held.some((one) => one.venue === venue && one.asset === asset);
  return [...setpoints.filter((one) => !isHeld(one)), ...held];
};

/** What holds a switch on a connection that is interlocked with this one. */
const findBar = <Hold extends { readonly connection: string }>(
  venue: Venue,
  held: Iterable<Hold>,
  connection: string | undefined,
): Hold | undefined =>
  connection === undefined ? undefined : [...held].find((hold) => areInterlocked(venue, hold.connection, connection));
