import type { Fault } from '#libs/kernel';

import { type Documents, findNumber, findText, type Found, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt, listSources } from './check.js';

/** The rides of all lines, then the journeys. */
const listTravel = (documents: Documents): readonly Found[] =>
  ['lines[].rides[]', 'journeys[]'].flatMap((pattern) => listAt(documents['transport.yaml'], pattern));

const findKind = (documents: Documents, venue: string, point: string): string | undefined =>
  listSources(documents)
    .filter((source) => findText(source, 'venue') === venue)
    .flatMap((source) => listBelow(source, 'points[]'))
    .filter((entry) => findText(entry, 'id') === point)
    .map((entry) => findText(entry, 'kind'))[0];

/** A ride or journey goes somewhere else; whom a gate counts out begins there, whom it counts in ends there. */
export const checkRides: Check = (documents) =>
  listTravel(documents).flatMap((ride): readonly Fault[] => {
    const [from, to, venue, point] = ['from', 'to', 'count.venue', 'count.point'].map((key) => findText(ride, key));
    if (from === undefined || to === undefined || venue === undefined || point === undefined) return [];
    const fault = (key: string, rule: string, message: string): Fault =>
      faultAt('transport.yaml', listBelow(ride, key)[0] ?? ride, rule, message);
    if (from === to) return [fault('to', 'other_venue', 'People must go to another venue than they come from.')];
    if (documents['devices.yaml'] === undefined) return [];
    const kind = findKind(documents, venue, point);
    if (kind === 'count_out' || kind === 'count_in') {
      const [end, name] = kind === 'count_out' ? ([from, 'from'] as const) : ([to, 'to'] as const);
      if (end === venue) return [];
      return [fault('count.venue', 'count_direction', `A ${kind} is of people who go ${name} that venue.`)];
    }
    return [fault('count.point', 'unknown_count', `devices.yaml has no counter of this name at ${venue}.`)];
  });

/** No counter gives away more people than it counts. */
export const checkShares: Check = (documents) => {
  const rides = new Map<string, Found[]>();
  for (const ride of listTravel(documents)) {
    const counter = `${findText(ride, 'count.venue') ?? ''} ${findText(ride, 'count.point') ?? ''}`;
    rides.set(counter, [...(rides.get(counter) ?? []), ride]);
  }
  return [...rides].flatMap(([counter, own]) => {
    const sum = own.reduce((total, ride) => total + (findNumber(ride, 'share') ?? 0), 0);
    const last = own.flatMap((ride) => listBelow(ride, 'share')).at(-1);
    return sum <= 1 + 1e-9 || !last
      ? []
      : [faultAt('transport.yaml', last, 'shares', `Shares of ${counter} sum to ${sum.toFixed(3)}; at most 1.`)];
  });
};
