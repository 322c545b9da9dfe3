import { departureOverrides } from '#libs/planning';

import type { DepartureGlance, DroppedDeparture } from './overview.schema.js';
import { findInForce, type Picture } from './picture.js';

type DeparturePicture = Pick<Picture, 'now' | 'overrides' | 'estimate'> & {
  readonly dispatch: Pick<Picture['dispatch'], 'plan'>;
};

const byTime = (a: { readonly departs_ms: number }, b: { readonly departs_ms: number }): number =>
  a.departs_ms - b.departs_ms;

/** Departures of the line after now that no vehicle can make, as control finds. */
export const droppedDepartures = ({ estimate, now }: DeparturePicture, line: string): DroppedDeparture[] =>
  estimate.dropped_departures
    .filter((departure) => departure.line === line && departure.departs_ms > now)
    .map(({ departs_ms, reason }) => ({ departs_ms, reason }))
    .sort(byTime);

/** Without the departures at these times, each taken out once. */
const without = <D extends { readonly departs_ms: number }>(
  departures: readonly D[],
  times: readonly number[],
): D[] => {
  const left = [...times];
  return departures.filter(({ departs_ms }) => {
    const at = left.indexOf(departs_ms);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

const plannedDepartures = ({ dispatch, now }: DeparturePicture, line: string, cancelled: ReadonlySet<number>) =>
  (findInForce(dispatch, now)?.content.departures ?? [])
    .filter(
      (departure) => departure.line === line && departure.departs_ms > now && !cancelled.has(departure.departs_ms),
    )
    .map(({ departs_ms, pattern, vehicle }): DepartureGlance => ({ departs_ms, pattern, vehicle, source: 'plan' }));

/**
 * A line's departures after now, in time order: the plan's while it is in force, without what people cancelled, with what they added,
 * and without those that no vehicle can make. An added one has its vehicle as soon as control has found it, within a second or two.
 */
export const nextDepartures = (picture: DeparturePicture, line: string): DepartureGlance[] => {
  const { now, overrides, estimate } = picture;
  const words = departureOverrides(overrides, now).flatMap(({ target }) => (target.line === line ? [target] : []));
  const timesOf = (wanted: 'add' | 'cancel') =>
    new Set(words.flatMap(({ action, departs_ms }) => (action === wanted ? [departs_ms] : [])));
  const planned = plannedDepartures(picture, line, timesOf('cancel'));
  const vehicleAt = (at: number) =>
    estimate.added_departures.find((departure) => departure.line === line && departure.departs_ms === at);
  const added = [...timesOf('add')]
    .filter((at) => at > now && !planned.some(({ departs_ms }) => departs_ms === at))
    .map((at): DepartureGlance => {
      const { pattern = null, vehicle = null } = vehicleAt(at) ?? {};
      return { departs_ms: at, pattern, vehicle, source: 'override' };
    });
  const dropped = droppedDepartures(picture, line).map(({ departs_ms }) => departs_ms);
  return without([...planned, ...added].sort(byTime), dropped);
};
