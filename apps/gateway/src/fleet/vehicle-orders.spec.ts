import { describe, expect, it } from '@jest/globals';
import { VehicleOrders } from './vehicle-orders.js';

const orders = (seq: number, until: number, ...departures: number[]) => ({
  plan: `d-${seq}`,
  seq,
  issued: 0,
  valid_until: until,
  trips: departures.map((departs) => ({ line: 'A', pattern: 'A1', departs })),
});

describe('VehicleOrders', () => {
  it('are received, and applied once when the first trip departs', () => {
    const vehicle = new VehicleOrders();
    expect(vehicle.offer(orders(1, 1_000, 500, 800), 100)?.state).toBe('received');
    expect(vehicle.settle(499)).toBeUndefined();
    expect(vehicle.settle(500)).toEqual({ plan: 'd-1', seq: 1, state: 'applied' });
    expect(vehicle.settle(800)).toBeUndefined();
  });

  it('give way to newer ones and ignore older ones', () => {
    const vehicle = new VehicleOrders();
    vehicle.offer(orders(2, 1_000, 500), 100);
    expect(vehicle.offer(orders(1, 1_000, 200), 100)).toBeUndefined();
    expect(vehicle.offer(orders(2, 1_000, 500), 100)).toBeUndefined();
    vehicle.offer(orders(3, 1_000, 600), 110);
    expect(vehicle.settle(500)).toBeUndefined();
    expect(vehicle.settle(600)?.seq).toBe(3);
  });

  it('without trips are applied at once', () => {
    const vehicle = new VehicleOrders();
    vehicle.offer(orders(1, 1_000), 100);
    expect(vehicle.settle(100)?.state).toBe('applied');
  });

  it('expire when they come too late or their first trip does', () => {
    const vehicle = new VehicleOrders();
    expect(vehicle.offer(orders(1, 1_000, 500), 1_000)?.state).toBe('expired');
    expect(vehicle.settle(1_000)).toBeUndefined();
    vehicle.offer(orders(2, 2_000, 2_500), 1_000);
    expect(vehicle.settle(2_000)).toMatchObject({ seq: 2, state: 'expired' });
  });
});
