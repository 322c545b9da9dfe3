import { listConnections, type Venue } from '#libs/games';
import { type Interval, overlaps, type SlotGrid, slotInterval } from '#libs/kernel';
import { deadTimes, type GridRules } from './dead-times.js';
import type { Outage, SwitchHold } from './energy-inputs.js';

/** Whether an interlock of the venue keeps two connections from being closed at once. */
export const areInterlocked = ({ interlocks = [] }: Pick<Venue, 'interlocks'>, one: string, other: string): boolean =>
  interlocks.some(({ connections }) => connections.includes(one) && connections.includes(other));

/**
 * What holds each switch of a venue in an interval, by switch. Holds are in the order in which they begin, and a later one counts before an earlier one. A connection that is dead holds nothing,
 * nor does one that is interlocked with what another switch is held on.
 */
export const heldSwitches = <Hold extends SwitchHold>(
  pack: GridRules,
  venue: Venue,
  { holds, outages }: { readonly holds: readonly Hold[]; readonly outages: readonly Outage[] },
  interval: Interval,
): ReadonlyMap<string, Hold> => {
  const alive = new Set(
    listConnections(venue)
      .filter((terms) => !deadTimes(pack, terms, outages).some((dead) => overlaps(dead, interval)))
      .map(({ id }) => id),
  );
  const held = new Map<string, Hold>();
  for (const hold of holds.toReversed()) {
    const one = venue.switches?.find(({ id }) => hold.venue === venue.id && id === hold.switch);
    const isOne = one?.connections.includes(hold.connection) === true && alive.has(hold.connection);
    if (!isOne || held.has(hold.switch) || !overlaps({ start: hold.from, end: hold.until }, interval)) continue;
    const isBarred = [...held.values()].some((other) => areInterlocked(venue, other.connection, hold.connection));
    if (!isBarred) held.set(hold.switch, hold);
  }
  return held;
};

/** By switch, what it is held on in each slot of the grid that a hold touches; null where nobody holds it. Switches that nobody holds are left out. */
export const heldSeries = (
  { pack, grid, holds = [], outages = [] }: HeldInputs,
  venue: Venue,
): ReadonlyMap<string, readonly (string | null)[]> => {
  const own = holds.filter((hold) => hold.venue === venue.id);
  if (own.length === 0) return new Map();
  const slots = Array.from({ length: grid.count }, (_, slot) =>
    heldSwitches(pack, venue, { holds: own, outages }, slotInterval(grid, slot)),
  );
  return new Map(
    (venue.switches ?? [])
      .map(({ id }) => [id, slots.map((held) => held.get(id)?.connection ?? null)] as const)
      .filter(([, series]) => series.some((connection) => connection !== null)),
  );
};

export interface HeldInputs {
  readonly pack: GridRules;
  readonly grid: SlotGrid;
  readonly holds?: readonly SwitchHold[];
  readonly outages?: readonly Outage[];
}
