import type { RealtimeFeed, VehicleReport } from '../contract.js';
import { distanceToBox, distanceToLine, isPlace } from '../geo.js';
import type { Network } from '../network.js';
import { repeated } from './check-header.js';
import { finding, type RealtimeFinding, unless } from './finding.js';

/** Faster than a coach may drive. */
const FASTEST_MPS = 26;

export const checkVehicles = (
  feed: RealtimeFeed,
  network: Network,
  detours: ReadonlySet<string>,
): readonly RealtimeFinding[] => [
  ...feed.vehicles.flatMap((report) => checkVehicle(report, network, detours)),
  ...repeated(feed.vehicles.flatMap(({ vehicle }) => vehicle ?? [])).map((vehicle) =>
    finding('E052', `vehicle ${vehicle}.vehicle.id`, vehicle, 'A vehicle must occur once.'),
  ),
  ...feed.trips.flatMap(({ id, vehicle, trip }) =>
    unless(
      vehicle !== undefined || trip.relation === 'canceled',
      'W002',
      `trip_update ${id}.vehicle.id`,
      undefined,
      'It should say which vehicle drives it.',
    ),
  ),
];

const checkVehicle = (
  { id, vehicle, position, trip }: VehicleReport,
  network: Network,
  detours: ReadonlySet<string>,
): readonly RealtimeFinding[] => {
  const path = `vehicle ${id}`;
  const unnamed = unless(
    vehicle !== undefined,
    'W002',
    `${path}.vehicle.id`,
    undefined,
    'It should say which vehicle it is.',
  );
  if (!position) return unnamed;
  if (!isPlace(position)) {
    const message = 'A latitude within 90 and a longitude within 180 degrees, not both zero, are a position.';
    return [...unnamed, finding('E026', `${path}.position`, [position.lat, position.lon], message)];
  }
  const { bearing, speed_mps } = position;
  const { area, areaMargin_m, shapeMargin_m } = network;
  const fromArea = area ? distanceToBox(position, area) : 0;
  const shape = trip?.trip === undefined ? undefined : network.shapeOf(trip.trip);
  const fromShape = shape && !detours.has(trip?.trip ?? '') ? distanceToLine(position, shape) : 0;
  return [
    ...unnamed,
    ...unless(
      bearing === undefined || (bearing >= 0 && bearing <= 360),
      'E027',
      `${path}.position.bearing`,
      bearing,
      'A bearing is 0 to 360 degrees, clockwise from north.',
    ),
    ...unless(
      speed_mps === undefined || (speed_mps >= 0 && speed_mps <= FASTEST_MPS),
      'W004',
      `${path}.position.speed`,
      speed_mps,
      `A speed is metres per second, rarely more than ${FASTEST_MPS}.`,
    ),
    ...unless(
      fromArea <= areaMargin_m,
      'E028',
      `${path}.position`,
      [position.lat, position.lon],
      `It is ${Math.round(fromArea)} m outside the area of the schedule.`,
    ),
    ...unless(
      fromArea > areaMargin_m || fromShape <= shapeMargin_m,
      'E029',
      `${path}.position`,
      [position.lat, position.lon],
      `It is ${Math.round(fromShape)} m from the shape of its trip, and no alert says that the trip is on a detour.`,
    ),
  ];
};
