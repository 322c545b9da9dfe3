import { areInterlocked, deadTimes } from '#libs/energy';
import { listConnections, type Venue } from '#libs/games';
import { contains, overlaps } from '#libs/kernel';
import { listHeldSwitches, listOutages, type SwitchTarget } from '#libs/planning';
import { type Asked, type Faults, type Rules, said, unknownVenue } from './override-rules.js';

type SwitchRules = Pick<Rules, 'games' | 'feeders' | 'venues'>;

/** What is against holding a switch: there is no such switch or connection, it is dead at some time of the window, or interlocked with where another switch stands or is held. */
export const switchFaults = (target: SwitchTarget, pack: SwitchRules, asked: Asked): Faults => {
  const venue = pack.venues.find(({ id }) => id === target.venue);
  if (!venue) return unknownVenue(target.venue, pack);
  const { switches = [] } = venue;
  const one = switches.find(({ id }) => id === target.switch);
  if (!one) {
    const names = switches.map(({ id }) => id).join(', ') || 'none';
    const message = `${venue.name} has no transfer switch "${target.switch}". Choose one of ${names}.`;
    return [{ path: 'target.switch', message }];
  }
  if (!one.connections.includes(target.connection)) {
    const message = `${one.id} has no connection "${target.connection}". Choose one of ${one.connections.join(', ')}.`;
    return [{ path: 'target.connection', message }];
  }
  return [...deadFaults(target, venue, pack, asked), ...interlockFaults(target, venue, pack, asked)];
};

const deadFaults = (
  { connection }: SwitchTarget,
  venue: Venue,
  pack: SwitchRules,
  { now, window, standing }: Asked,
): Faults => {
  const terms = listConnections(venue).find(({ id }) => id === connection);
  const dead =
    terms && deadTimes(pack, terms, listOutages(standing.overrides, now)).find((time) => overlaps(time, window));
  if (!dead) return [];
  const message = `${connection} is out of service from ${said(dead.start, pack)} to ${said(dead.end, pack)}. Choose another connection, or a time without it.`;
  return [{ path: 'target.connection', message }];
};

const interlockFaults = (
  target: SwitchTarget,
  venue: Venue,
  pack: SwitchRules,
  { now, window, standing }: Asked,
): Faults => {
  const held = listHeldSwitches(standing.overrides, now).filter(
    (hold) =>
      hold.venue === venue.id &&
      hold.switch !== target.switch &&
      overlaps({ start: hold.from, end: hold.until }, window),
  );
  const barring = held.filter(({ connection }) => areInterlocked(venue, connection, target.connection));
  const stands = contains(window, now)
    ? (venue.switches ?? []).flatMap(({ id, connections }) => {
        const connection = connections[(standing.positionOf(venue.id, id) ?? 0) - 1];
        return id !== target.switch && connection !== undefined && areInterlocked(venue, connection, target.connection)
          ? [{ id, connection }]
          : [];
      })
    : [];
  const fault = (said: string) => ({
    path: 'target.connection',
    message: `${target.connection} is interlocked with ${said}`,
  });
  return [
    ...barring.map((hold) =>
      fault(
        `${hold.connection}, on which ${hold.switch} is held until ${said(hold.until, pack)}. End that override first, or choose another time.`,
      ),
    ),
    ...stands
      .filter(({ id }) => !barring.some((hold) => hold.switch === id))
      .map(({ id, connection }) =>
        fault(`${connection}, on which ${id} stands. Hold that on another connection first.`),
      ),
  ];
};
