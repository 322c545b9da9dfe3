import { expect, it } from '@jest/globals';
import { buildDispatchModel } from './build-model.js';
import { FleetPrices } from './fleet-prices.js';
import { tinyDispatch } from './tiny-dispatch.fixture.js';

/** One bus at the depot; the pattern leaves from the hall, two slots and 2 in money away. */
const problem = tinyDispatch({
  slots: 4,
  places: [{ id: 'depot' }, { id: 'hall' }],
  deadheads: [{ from_place: 'depot', to_place: 'hall', slots: 2, km: 0 }],
  vehicles: [{}],
  patterns: [
    {
      pattern: 'p',
      from_place: 'hall',
      calls: [
        ['a', 0],
        ['b', 1],
      ],
    },
  ],
  rides: [{ from_stop: 'a', to_stop: 'b', arrivals: [], waiting: 10 }],
});
const { model, index } = buildDispatchModel(problem, { integer: false });
const [DEPOT, HALL] = [0, 1];
const trip = (slot: number): number => index.trip[0]?.[0]?.[slot] ?? -1;

/** A departure in this slot of each sweep. */
const wanting = (slot: number): Float64Array => {
  const values = new Float64Array(model.columnNames.length);
  values[trip(slot)] = 1;
  return values;
};

it('makes a vehicle dear where one is missing, and at every place and slot from which it could have come', () => {
  const prices = new FleetPrices(problem, index, model.arrays.cost);
  prices.move(wanting(2));
  const price = prices.at(0, HALL, 2);
  expect(price).toBeGreaterThan(0);
  expect([0, 1].map((slot) => prices.at(0, HALL, slot))).toEqual([price, price]);
  expect(prices.at(0, HALL, 3)).toBe(0);
  expect(prices.at(0, DEPOT, 0)).toBeCloseTo(price - 2, 9);
  expect(prices.at(0, DEPOT, 1)).toBe(0);
});

it('leaves them where vehicles and departures match', () => {
  const prices = new FleetPrices(problem, index, model.arrays.cost);
  prices.move(wanting(2));
  const before = prices.at(0, HALL, 2);
  prices.move(wanting(2));
  expect(prices.at(0, HALL, 2)).toBe(before);
});

it('makes trips dearer by the vehicle that they take and cheaper by the one that they bring', () => {
  const prices = new FleetPrices(problem, index, model.arrays.cost);
  prices.move(wanting(2));
  const costs = model.arrays.cost.slice();
  prices.addTo(costs, model.arrays.cost);
  const plain = model.arrays.cost[trip(0)] ?? NaN;
  expect(costs[trip(2)]).toBeCloseTo(plain + prices.at(0, HALL, 2), 9);
  expect(costs[trip(3)]).toBeCloseTo(plain, 9);
});
