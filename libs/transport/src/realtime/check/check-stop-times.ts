import type { Feed, StopTime } from '../../gtfs/feed.js';
import type { StopEvent, StopUpdate, TripUpdate } from '../contract.js';
import { checkStop } from './check-stop.js';
import { finding, type RealtimeFinding, unless } from './finding.js';

/** The stop times of a trip update: in order, at stops that the trip has, with times that rise. */
export const checkStopTimes = ({ id, trip, stops }: TripUpdate, feed: Feed): readonly RealtimeFinding[] => {
  const path = `trip_update ${id}.stop_time_update`;
  const isGone = trip.relation === 'canceled' || trip.relation === 'deleted';
  const scheduled = trip.trip === undefined ? undefined : feed.trips.get(trip.trip)?.stops;
  return [
    ...unless(
      stops.length > 0 || isGone,
      'E041',
      path,
      undefined,
      'A trip that is not cancelled must have a stop time.',
    ),
    ...stops.flatMap((stop, index) => checkUpdate(stop, `${path}[${index}]`, feed)),
    ...checkOrder(stops, path),
    ...(scheduled ? checkScheduled(stops, scheduled, path) : []),
    ...checkRise(stops, path),
  ];
};

const checkUpdate = (update: StopUpdate, path: string, feed: Feed): readonly RealtimeFinding[] => {
  const { stop, stop_sequence, arrival, departure, relation } = update;
  const hasTimes = arrival !== undefined || departure !== undefined;
  const events: readonly (readonly [string, StopEvent | undefined])[] = [
    ['arrival', arrival],
    ['departure', departure],
  ];
  return [
    ...unless(
      stop !== undefined || stop_sequence !== undefined,
      'E040',
      path,
      undefined,
      'It must say at which stop: stop_id, stop_sequence or both.',
    ),
    ...checkStop(stop, `${path}.stop_id`, feed),
    ...unless(
      !hasTimes || relation !== 'no_data',
      'E042',
      path,
      undefined,
      'NO_DATA has neither arrival nor departure.',
    ),
    ...unless(
      hasTimes || relation === 'skipped' || relation === 'no_data',
      'E043',
      path,
      undefined,
      'It must have an arrival or a departure.',
    ),
    ...events.flatMap(([name, event]) =>
      unless(
        event === undefined || event.at_ms !== undefined || event.delay_s !== undefined,
        'E044',
        `${path}.${name}`,
        undefined,
        'It must have a time or a delay.',
      ),
    ),
    ...unless(
      (departure?.at_ms ?? Infinity) >= (arrival?.at_ms ?? -Infinity),
      'E025',
      `${path}.departure.time`,
      departure?.at_ms,
      'The departure is before the arrival.',
    ),
    ...unless(relation !== undefined, 'W009', `${path}.schedule_relationship`, undefined, 'It should be said.'),
  ];
};

const checkOrder = (stops: readonly StopUpdate[], path: string): readonly RealtimeFinding[] =>
  stops.flatMap((update, index) => {
    const before = stops[index - 1];
    if (!before) return [];
    const place = `${path}[${index}]`;
    const [sequence, previous] = [update.stop_sequence, before.stop_sequence];
    const isKnown = sequence !== undefined && previous !== undefined;
    return [
      ...unless(
        !isKnown || sequence >= previous,
        'E002',
        `${place}.stop_sequence`,
        sequence,
        `It must rise: it was ${previous ?? ''} before.`,
      ),
      ...unless(
        !isKnown || sequence !== previous,
        'E036',
        `${place}.stop_sequence`,
        sequence,
        'It is that of the stop before.',
      ),
      ...unless(
        update.stop === undefined || update.stop !== before.stop,
        'E037',
        `${place}.stop_id`,
        update.stop,
        'It is that of the stop before.',
      ),
    ];
  });

const checkScheduled = (
  stops: readonly StopUpdate[],
  scheduled: readonly StopTime[],
  path: string,
): readonly RealtimeFinding[] => {
  const bySequence = new Map(scheduled.map((call, index) => [call.sequence ?? index + 1, call]));
  const isLoop = new Set(scheduled.map(({ stop }) => stop)).size < scheduled.length;
  const unnamed = isLoop ? stops.findIndex(({ stop_sequence }) => stop_sequence === undefined) : -1;
  let reached = 0;
  return [
    ...(unnamed < 0
      ? []
      : [
          finding(
            'E009',
            `${path}[${unnamed}].stop_sequence`,
            undefined,
            'The trip calls at a stop twice, so that stop_sequence must say which call is meant.',
          ),
        ]),
    ...stops.flatMap(({ stop, stop_sequence }, index): readonly RealtimeFinding[] => {
      if (stop_sequence === undefined) {
        if (stop === undefined || isLoop) return [];
        const next = scheduled.findIndex((call, position) => position >= reached && call.stop === stop);
        if (next < 0)
          return [
            finding('E002', `${path}[${index}].stop_id`, stop, 'The trip does not call there after the stop before.'),
          ];
        reached = next;
        return [];
      }
      const call = bySequence.get(stop_sequence);
      if (!call)
        return [
          finding(
            'E051',
            `${path}[${index}].stop_sequence`,
            stop_sequence,
            'The schedule has no such call of the trip.',
          ),
        ];
      return [
        ...unless(
          stop === undefined || call.stop === stop,
          'E045',
          `${path}[${index}].stop_id`,
          stop,
          `The schedule has stop ${call.stop} at this stop_sequence.`,
        ),
      ];
    }),
  ];
};

const checkRise = (stops: readonly StopUpdate[], path: string): readonly RealtimeFinding[] => {
  let before = -Infinity;
  return stops.flatMap(({ arrival, departure }, index) => {
    const [comes, goes] = [arrival?.at_ms ?? departure?.at_ms, departure?.at_ms ?? arrival?.at_ms];
    if (comes === undefined || goes === undefined) return [];
    const risen = comes > before;
    before = Math.max(before, goes);
    return unless(risen, 'E022', `${path}[${index}]`, comes, 'It must be later than at the stop before.');
  });
};
