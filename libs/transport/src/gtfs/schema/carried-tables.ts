import { optional, required } from './field.js';
import {
  choice,
  currency,
  email,
  float,
  id,
  language,
  name,
  nonZeroInteger,
  notNegativeFloat,
  notNegativeInteger,
  phone,
  positiveFloat,
  positiveInteger,
  text,
  url,
} from './field-types.js';
import { type TableSpec, to } from './table.js';

const toStops = (...fields: readonly string[]) => to('stops.txt', 'stop_id', ...fields);
const area = { area_id: required(id) };

/** Tables that go through a feed as they are, with the form of their rows checked. */
export const carriedTables: Readonly<Record<string, TableSpec>> = {
  'levels.txt': {
    presence: 'optional',
    key: ['level_id'],
    references: [],
    fields: { level_id: required(id), level_index: required(float), level_name: optional(name) },
  },
  'areas.txt': {
    presence: 'optional',
    key: ['area_id'],
    references: [],
    fields: { ...area, area_name: optional(name) },
  },
  'stop_areas.txt': {
    presence: 'optional',
    key: ['area_id', 'stop_id'],
    references: [...to('areas.txt', 'area_id', 'area_id'), ...toStops('stop_id')],
    fields: { ...area, stop_id: required(id) },
  },
  'networks.txt': {
    presence: 'optional',
    key: ['network_id'],
    references: [],
    fields: { network_id: required(id), network_name: optional(name) },
  },
  'route_networks.txt': {
    presence: 'optional',
    key: ['route_id'],
    references: [...to('networks.txt', 'network_id', 'network_id'), ...to('routes.txt', 'route_id', 'route_id')],
    fields: { network_id: required(id), route_id: required(id) },
  },
  'fare_attributes.txt': {
    presence: 'optional',
    key: ['fare_id'],
    references: to('agency.txt', 'agency_id', 'agency_id'),
    columns: ['transfers'],
    fields: {
      fare_id: required(id),
      price: required(notNegativeFloat),
      currency_type: required(currency),
      payment_method: required(choice(0, 1)),
      transfers: optional(choice(0, 1, 2)),
      agency_id: optional(id),
      transfer_duration: optional(notNegativeInteger),
    },
  },
  'fare_rules.txt': {
    presence: 'optional',
    key: ['fare_id', 'route_id', 'origin_id', 'destination_id', 'contains_id'],
    references: [
      ...to('fare_attributes.txt', 'fare_id', 'fare_id'),
      ...to('routes.txt', 'route_id', 'route_id'),
      ...to('stops.txt', 'zone_id', 'origin_id', 'destination_id', 'contains_id'),
    ],
    fields: {
      fare_id: required(id),
      route_id: optional(id),
      origin_id: optional(id),
      destination_id: optional(id),
      contains_id: optional(id),
    },
  },
  'pathways.txt': {
    presence: 'optional',
    key: ['pathway_id'],
    references: toStops('from_stop_id', 'to_stop_id'),
    fields: {
      pathway_id: required(id),
      from_stop_id: required(id),
      to_stop_id: required(id),
      pathway_mode: required(choice(1, 2, 3, 4, 5, 6, 7)),
      is_bidirectional: required(choice(0, 1)),
      length: optional(notNegativeFloat),
      traversal_time: optional(positiveInteger),
      stair_count: optional(nonZeroInteger),
      max_slope: optional(float),
      min_width: optional(positiveFloat),
      signposted_as: optional(name),
      reversed_signposted_as: optional(name),
    },
  },
  'translations.txt': {
    presence: 'optional',
    key: ['table_name', 'field_name', 'language', 'record_id', 'record_sub_id', 'field_value'],
    references: [],
    fields: {
      table_name: required(text),
      field_name: required(text),
      language: required(language),
      translation: required(text),
      record_id: optional(text),
      record_sub_id: optional(text),
      field_value: optional(text),
    },
  },
  'attributions.txt': {
    presence: 'optional',
    key: ['attribution_id'],
    references: [
      ...to('agency.txt', 'agency_id', 'agency_id'),
      ...to('routes.txt', 'route_id', 'route_id'),
      ...to('trips.txt', 'trip_id', 'trip_id'),
    ],
    fields: {
      attribution_id: optional(id),
      agency_id: optional(id),
      route_id: optional(id),
      trip_id: optional(id),
      organization_name: required(text),
      is_producer: optional(choice(0, 1)),
      is_operator: optional(choice(0, 1)),
      is_authority: optional(choice(0, 1)),
      attribution_url: optional(url),
      attribution_email: optional(email),
      attribution_phone: optional(phone),
    },
  },
};

/** Files of GTFS Schedule whose rows are not looked at: they go through as bytes. */
export const UNREAD_FILES: ReadonlySet<string> = new Set([
  'booking_rules.txt',
  'fare_leg_join_rules.txt',
  'fare_leg_rules.txt',
  'fare_media.txt',
  'fare_products.txt',
  'fare_transfer_rules.txt',
  'location_group_stops.txt',
  'location_groups.txt',
  'locations.geojson',
  'rider_categories.txt',
  'timeframes.txt',
]);
