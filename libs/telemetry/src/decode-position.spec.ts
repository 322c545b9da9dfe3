import { expect, it } from '@jest/globals';
import { DAY_MS, epochMs } from '#libs/kernel';
import { decodePosition, VehicleNames } from './decode-position.js';
import { topics } from './topics.js';

const NOW = epochMs(1_767_700_000_000);
const message = {
  ts: NOW,
  lat: 46.5,
  lon: 12.1,
  bearing: 90,
  speed_mps: 8.3,
  trip: 'A-1@1767699900000',
  occupancy: 31,
};
const names = () => new VehicleNames(['bus-01']);
const decode = (value: unknown, topic = topics.position('bus-01'), known = names()) =>
  decodePosition(topic, new TextEncoder().encode(JSON.stringify(value)), { names: known, eventNow: NOW });

it('reads where a vehicle is', () => {
  expect(decode(message)).toEqual({ ok: true, value: { vehicle: 'bus-01', ...message } });
});

it('takes what a vehicle does not say as unknown', () => {
  expect(decode({ ts: NOW, lat: 46.5, lon: 12.1 })).toMatchObject({
    value: { bearing: null, speed_mps: null, trip: null, occupancy: null },
  });
});

it.each([
  ['no_position', { ...message, lat: 0, lon: 0 }],
  ['wrong_shape', { ...message, lat: 91 }],
  ['wrong_shape', { ...message, ts: 'now' }],
  ['wrong_shape', { ...message, trip: 'A\0' }],
  ['in_the_future', { ...message, ts: NOW + DAY_MS + 1 }],
])('refuses as %s', (code, value) => {
  expect(decode(value)).toMatchObject({ ok: false, error: { code } });
});

it.each(['venueflow/v1/vehicles/bus-01/positions', 'venueflow/v1/vehicles/bus-01/position/more'])(
  'knows no topic %s',
  (topic) => expect(decode(message, topic)).toMatchObject({ error: { code: 'unknown_topic' } }),
);

it('shows vehicles that the fleet does not know, a hundred of them', () => {
  const known = names();
  const taken = Array.from({ length: 120 }, (_, index) => decode(message, topics.position(`ghost-${index}`), known));
  expect(taken.filter(({ ok }) => ok)).toHaveLength(100);
  expect(taken.at(-1)).toMatchObject({ error: { code: 'unknown_vehicle' } });
  expect(decode(message, topics.position('bus-01'), known).ok).toBe(true);
});
