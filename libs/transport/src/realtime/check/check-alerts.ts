import type { Feed } from '../../gtfs/feed.js';
import type { InformedEntity, ServiceAlert } from '../contract.js';
import { checkStop } from './check-stop.js';
import { finding, type RealtimeFinding, unless } from './finding.js';

export const checkAlert = ({ id, informs }: ServiceAlert, feed: Feed): readonly RealtimeFinding[] => {
  const path = `alert ${id}.informed_entity`;
  if (informs.length === 0) return [finding('E032', path, undefined, 'An alert must say whom it is for.')];
  return informs.flatMap((entity, index) => checkEntity(entity, `${path}[${index}]`, feed));
};

const checkEntity = (entity: InformedEntity, path: string, feed: Feed): readonly RealtimeFinding[] => {
  const { agency, line, stop, trip } = entity;
  const scheduled = trip?.trip === undefined ? undefined : feed.trips.get(trip.trip);
  const agencies = new Set(feed.agencies.map(({ agency_id }) => agency_id));
  return [
    ...unless(
      Object.keys(entity).length > 0,
      'E033',
      path,
      undefined,
      'It must name an agency, a route, a trip or a stop.',
    ),
    ...unless(
      agency === undefined || agencies.has(agency),
      'E034',
      `${path}.agency_id`,
      agency,
      'The schedule must have the agency.',
    ),
    ...unless(
      line === undefined || feed.lines.has(line),
      'E004',
      `${path}.route_id`,
      line,
      'The schedule must have the route.',
    ),
    ...checkStop(stop, `${path}.stop_id`, feed),
    ...unless(
      line === undefined || scheduled === undefined || scheduled.line === line,
      'E030',
      `${path}.route_id`,
      line,
      `The schedule has the trip on route ${scheduled?.line ?? ''}.`,
    ),
    ...unless(
      line === undefined || trip?.line === undefined || trip.line === line,
      'E031',
      `${path}.trip.route_id`,
      trip?.line,
      `It must be the route ${line ?? ''} of the entity.`,
    ),
  ];
};
