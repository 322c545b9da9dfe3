import { expect, it } from '@jest/globals';
import { AdvicePublisher } from './advice-publisher.js';

const bench = () => {
  const sent: unknown[] = [];
  let seq = 0;
  const publisher = new AdvicePublisher(
    { publish: (topic, message) => Promise.resolve(sent.push([topic, message]) > 0) },
    () => Promise.resolve((seq += 1)),
  );
  return { sent, publisher };
};
const hold = (until_ms: number) => ({ action: 'hold' as const, stop: 'mill', reason: 'It is too near.', until_ms });

it('tells a driver once, and again what changed', async () => {
  const { sent, publisher } = bench();
  await publisher.publish([{ vehicle: 'bus-1', advice: hold(1_000) }, { vehicle: 'bus-2' }]);
  await publisher.publish([{ vehicle: 'bus-1', advice: hold(1_000) }]);
  await publisher.publish([{ vehicle: 'bus-1', advice: { action: 'go', stop: 'mill', reason: 'Even again.' } }]);
  expect(sent).toEqual([
    ['venueflow/v1/vehicles/bus-1/advice', { action: 'hold', until: 1_000, seq: 1 }],
    ['venueflow/v1/vehicles/bus-1/advice', { action: 'go', seq: 2 }],
  ]);
});

it('tells who is to turn where, and how to go back', async () => {
  const { sent, publisher } = bench();
  const turn = { action: 'short_turn' as const, stop: 'mill', onto: 'A-2', reason: 'It is late.' };
  await publisher.publish([{ vehicle: 'bus-1', advice: turn }]);
  await publisher.publish([{ vehicle: 'bus-1', advice: { ...turn, onto: 'A-3' } }]);
  expect(sent).toEqual([
    ['venueflow/v1/vehicles/bus-1/advice', { action: 'short_turn', stop: 'mill', onto: 'A-2', seq: 1 }],
    ['venueflow/v1/vehicles/bus-1/advice', { action: 'short_turn', stop: 'mill', onto: 'A-3', seq: 2 }],
  ]);
});

it('says the same again after it did not stand for a while', async () => {
  const { sent, publisher } = bench();
  await publisher.publish([{ vehicle: 'bus-1', advice: hold(1_000) }]);
  await publisher.publish([{ vehicle: 'bus-1' }]);
  await publisher.publish([{ vehicle: 'bus-1', advice: hold(1_000) }]);
  expect(sent).toHaveLength(2);
});
