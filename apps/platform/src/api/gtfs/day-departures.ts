import { epochMs, type EpochMs, slotStart } from '#libs/kernel';
import { departureOverrides } from '#libs/planning';
import type { TripRow } from '#libs/store';
import type { Departure, TripInputs } from '#libs/transport';

import { nextDepartures } from '../live/next-departures.js';
import { findInForce, type Picture } from '../live/picture.js';

export type DeparturesPicture = Pick<Picture, 'now' | 'overrides' | 'estimate'> & {
  readonly dispatch: Pick<Picture['dispatch'], 'plan'>;
};

const keyOf = ({ line, pattern, departs_ms, vehicle }: Departure): string =>
  JSON.stringify([line, pattern, departs_ms, vehicle]);

/** Departures of the plan whose time has come, and that control has not written down yet. */
const leavingNow = ({ dispatch, now, overrides, estimate }: DeparturesPicture, notedUpTo: number): Departure[] => {
  const cancelled = departureOverrides(overrides, now).filter(({ target }) => target.action === 'cancel');
  const gone = [...cancelled.map(({ target }) => target), ...estimate.dropped_departures];
  return (findInForce(dispatch, now)?.content.departures ?? []).filter(
    ({ line, departs_ms }) =>
      departs_ms > notedUpTo &&
      departs_ms <= now &&
      !gone.some((one) => one.line === line && one.departs_ms === departs_ms),
  );
};

/**
 * What has left and what is to leave of these lines. They are all that leaves in the time that is written down and in that of the plan in force; past those, and
 * where no plan is in force, vehicles drive the timetable. `trips`: the departures since `since`, in time order.
 */
export const dayDepartures = (
  picture: DeparturesPicture,
  lines: readonly string[],
  trips: readonly TripRow[],
  since: EpochMs,
): Pick<TripInputs, 'departures' | 'isCovered'> => {
  const { now } = picture;
  const plan = findInForce(picture.dispatch, now);
  const left = trips.map(({ departs, line, pattern, vehicle }) => ({ line, pattern, departs_ms: departs, vehicle }));
  const notedUpTo = left.at(-1)?.departs_ms ?? plan?.created ?? now;
  const ahead = lines.flatMap((line) =>
    nextDepartures(picture, line).flatMap(({ departs_ms, pattern, vehicle }): readonly Departure[] =>
      pattern === null || vehicle === null ? [] : [{ line, pattern, departs_ms, vehicle }],
    ),
  );
  const departures = [
    ...new Map([...left, ...leavingNow(picture, notedUpTo), ...ahead].map((one) => [keyOf(one), one])).values(),
  ];
  const dispatched = new Set(lines);
  const planEnd = plan ? slotStart(plan.content.grid, plan.content.grid.count) : epochMs(0);
  const isNoted = (at: number): boolean => left.length > 0 && at >= since && at <= notedUpTo;
  const isPlanned = (at: number): boolean => plan !== undefined && at >= plan.created && at < planEnd;
  return { departures, isCovered: (line, at) => dispatched.has(line) && (isNoted(at) || isPlanned(at)) };
};
