import { listVehicles } from '#libs/games';
import { epochMs, type EpochMs, fail, HOUR_MS, ok, type Result } from '#libs/kernel';

import { outageFaults } from './outage-faults.js';
import { type Asked, type Faults, type Rules, said, type Standing, unknownVenue } from './override-rules.js';
import type { OverrideRequest } from './override.schema.js';
import { switchFaults } from './switch-faults.js';

/** Longer than a day is a change of the pack, not an override. */
const LONGEST_MS = 24 * HOUR_MS;
const START_SLACK_MS = 60_000;

interface Window {
  readonly from: EpochMs;
  readonly until: EpochMs;
}

const setpointFaults = (
  { venue: id, asset, value }: Extract<OverrideRequest, { kind: 'setpoint' }>['target'],
  pack: Rules,
): Faults => {
  const venue = pack.venues.find((entry) => entry.id === id);
  if (!venue) return unknownVenue(id, pack);
  const limit = asset === 'battery' ? venue.battery?.power_kw : venue.pv?.rated_kw;
  if (limit === undefined) return [{ path: 'target.asset', message: `${venue.name} has no ${asset}.` }];
  const least = asset === 'battery' ? -limit : 0;
  if (value >= least && value <= limit) return [];
  return [
    {
      path: 'target.value',
      message: `${value} kW is outside what the ${asset} of ${venue.name} can do: ${least} to ${limit} kW.`,
    },
  ];
};

const departureFaults = (
  { line, departs_ms }: Extract<OverrideRequest, { kind: 'departure' }>['target'],
  pack: Rules,
  { window: { end: until }, now }: Asked,
): Faults => {
  const lines = pack.transport.lines.map(({ id }) => id);
  return [
    ...(lines.includes(line)
      ? []
      : [{ path: 'target.line', message: `There is no line "${line}". Choose one of ${lines.join(', ')}.` }]),
    ...(departs_ms > now
      ? []
      : [{ path: 'target.departs_ms', message: `The departure is past: it is ${said(now, pack)}.` }]),
    ...(until > departs_ms
      ? []
      : [{ path: 'until_ms', message: `The end must be after the departure at ${said(epochMs(departs_ms), pack)}.` }]),
  ];
};

const vehicleFaults = ({ vehicle }: Extract<OverrideRequest, { kind: 'vehicle' }>['target'], pack: Rules): Faults =>
  listVehicles(pack.transport).some(({ id }) => id === vehicle)
    ? []
    : [
        {
          path: 'target.vehicle',
          message: `There is no vehicle "${vehicle}". They are named ${pack.transport.fleet.map(({ prefix, count }) => `${prefix}-01 to ${prefix}-${String(count).padStart(2, '0')}`).join(', ')}.`,
        },
      ];

const roadFaults = ({ road }: Extract<OverrideRequest, { kind: 'road' }>['target'], { roads }: Rules): Faults => {
  if (!roads) return [{ path: 'target.road', message: 'The pack has no roads. Cancel the departures instead.' }];
  if (roads.links.some(({ id, name }) => id === road || name === road)) return [];
  return [
    {
      path: 'target.road',
      message: `There is no road "${road}". GET /api/v1/roads lists them by name; a link_id of the pack does as well.`,
    },
  ];
};

const targetFaults = (request: OverrideRequest, pack: Rules, asked: Asked): Faults => {
  switch (request.kind) {
    case 'setpoint':
      return setpointFaults(request.target, pack);
    case 'departure':
      return departureFaults(request.target, pack, asked);
    case 'vehicle':
      return vehicleFaults(request.target, pack);
    case 'road':
      return roadFaults(request.target, pack);
    case 'outage':
      return outageFaults(request.target, pack);
    case 'switch':
      return switchFaults(request.target, pack, asked);
  }
};

/** The override's time in force, or everything that the pack and the clock have against it. */
export const checkOverride = (
  request: OverrideRequest,
  pack: Rules,
  now: EpochMs,
  standing: Standing,
): Result<Window, Faults> => {
  const window = { from: epochMs(request.from_ms ?? now), until: epochMs(request.until_ms) };
  const faults = [
    ...(window.from < now - START_SLACK_MS
      ? [{ path: 'from_ms', message: `The start is past: it is ${said(now, pack)}.` }]
      : []),
    ...(window.until <= Math.max(now, window.from)
      ? [{ path: 'until_ms', message: `The end must be after its start and after now, ${said(now, pack)}.` }]
      : []),
    ...(window.until - window.from > LONGEST_MS
      ? [
          {
            path: 'until_ms',
            message: 'An override lasts at most 24 hours. Give an earlier end, and another override then.',
          },
        ]
      : []),
    ...targetFaults(request, pack, { now, window: { start: window.from, end: window.until }, standing }),
  ];
  return faults.length > 0 ? fail(faults) : ok(window);
};
