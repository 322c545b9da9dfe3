import { describe, expect, it } from '@jest/globals';
import { checkFeederMeters } from './feeder-meters.js';

const check = (meter: object, kind = 'sensor', unit = 'kW') =>
  checkFeederMeters({
    'venues.yaml': { feeders: [{ id: 'north', meter }], venues: [{ id: 'hall' }, { id: 'field' }] },
    'devices.yaml': { gateways: [{ id: 'gw', venue: 'hall', points: [{ id: 'head.active_power', kind, unit }] }] },
  });
const head = { venue: 'hall', point: 'head.active_power' };

describe('a feeder’s main meter', () => {
  it('is a sensor in kW of the venue that is named', () => {
    expect(check(head)).toEqual([]);
  });

  it.each([
    ['a point that is not there', { ...head, point: 'head.power' }, 'sensor', 'kW', 'has only head.active_power'],
    ['a point of another venue', { ...head, venue: 'field' }, 'sensor', 'kW', 'has only none'],
    ['the venue’s own meter', head, 'grid_power', 'kW', 'has only none'],
    ['a temperature', head, 'sensor', '°C', 'has only none'],
  ])('is not %s', (_name, meter, kind, unit, message) => {
    const [fault] = check(meter, kind, unit);
    expect(fault).toMatchObject({ path: 'feeders[0].meter.point', rule: 'unmeasured' });
    expect(fault?.message).toContain(message);
  });
});
