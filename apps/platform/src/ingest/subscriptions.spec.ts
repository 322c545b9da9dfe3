import { describe, expect, it } from '@jest/globals';
import { shareOf } from './shares.js';
import { filtersByShare } from './subscriptions.js';

const filters = filtersByShare({
  venues: [{ id: 'stadium' }, { id: 'village' }],
  devices: [
    { venue: 'village', topic: 'N/c0619ab9929a/#' },
    { venue: 'village', topic: 'zigbee2mqtt/#', gateway: 'gw-village' },
  ],
});

describe('filtersByShare', () => {
  it('has a venue in one share only', () => {
    expect(filters[shareOf('stadium')]).toContain('venueflow/v1/stadium/+/readings');
    expect(filters.flat().filter((filter) => filter === 'venueflow/v1/stadium/+/readings')).toHaveLength(1);
  });

  it('has a device with its venue', () => expect(filters[shareOf('village')]).toContain('N/c0619ab9929a/#'));

  it('leaves a device to the gateway that reads it', () => expect(filters.flat()).not.toContain('zigbee2mqtt/#'));

  it('has the vehicles once', () =>
    expect(filters[shareOf('vehicles')]).toEqual(
      expect.arrayContaining(['venueflow/v1/vehicles/+/orders/result', 'venueflow/v1/vehicles/+/position']),
    ));
});
