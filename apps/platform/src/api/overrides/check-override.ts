import type { Pack } from '#libs/games';
import { epochMs, type EpochMs, fail, HOUR_MS, ok, type Result } from '#libs/kernel';

import type { OverrideRequest } from './override.schema.js';

/** Longer than a day is a change of the pack, not an override. */
const LONGEST_MS = 24 * HOUR_MS;
const START_SLACK_MS = 60_000;

type Faults = readonly { readonly path: string; readonly message: string }[];

interface Window {
  readonly from: EpochMs;
  readonly until: EpochMs;
}

const setpointFaults = (
  { venue: id, asset, value }: Extract<OverrideRequest, { kind: 'setpoint' }>['target'],
  pack: Pick<Pack, 'venues'>,
): Faults => {
  const venue = pack.venues.find((entry) => entry.id === id);
  if (!venue)
    return [{ path: 'target.venue', message: `there is no venue "${id}": ${pack.venues.map((v) => v.id).join(', ')}` }];
  const limit = asset === 'battery' ? venue.battery?.power_kw : venue.pv?.rated_kw;
  if (limit === undefined) return [{ path: 'target.asset', message: `venue ${id} has no ${asset}` }];
  const least = asset === 'battery' ? -limit : 0;
  if (value >= least && value <= limit) return [];
  return [{ path: 'target.value', message: `${value} kW is outside ${least} to ${limit} kW of the ${asset} of ${id}` }];
};

const departureFaults = (
  { line, departs_ms }: Extract<OverrideRequest, { kind: 'departure' }>['target'],
  pack: Pick<Pack, 'transport'>,
  { until }: Window,
  now: EpochMs,
): Faults => {
  const lines = pack.transport.lines.map(({ id }) => id);
  return [
    ...(lines.includes(line)
      ? []
      : [{ path: 'target.line', message: `there is no line "${line}": ${lines.join(', ')}` }]),
    ...(departs_ms > now ? [] : [{ path: 'target.departs_ms', message: `it is past: now is ${now}` }]),
    ...(until > departs_ms ? [] : [{ path: 'until_ms', message: `it must be after the departure at ${departs_ms}` }]),
  ];
};

/** The override's time in force, or everything that the pack and the clock have against it. */
export const checkOverride = (
  request: OverrideRequest,
  pack: Pick<Pack, 'venues' | 'transport'>,
  now: EpochMs,
): Result<Window, Faults> => {
  const window = { from: epochMs(request.from_ms ?? now), until: epochMs(request.until_ms) };
  const faults = [
    ...(window.from < now - START_SLACK_MS ? [{ path: 'from_ms', message: `it is past: now is ${now}` }] : []),
    ...(window.until <= Math.max(now, window.from)
      ? [{ path: 'until_ms', message: `it must be after now (${now}) and after its start` }]
      : []),
    ...(window.until - window.from > LONGEST_MS
      ? [{ path: 'until_ms', message: 'an override lasts at most 24 hours; give another one then' }]
      : []),
    ...(request.kind === 'setpoint'
      ? setpointFaults(request.target, pack)
      : departureFaults(request.target, pack, window, now)),
  ];
  return faults.length > 0 ? fail(faults) : ok(window);
};
