import { expect, it } from '@jest/globals';

import { seededRandom } from '#libs/kernel';
import { readingMessage, readingsMessage } from '#libs/telemetry';

import { MessageMaker } from './message-maker.js';

const gateway = { venue: 'hall', gateway: 'load', points: ['a.power', 'b.power', 'c.power', 'd.power'], unit: 'kW' };

const readingsOf = (message: string) =>
  readingsMessage.parse(JSON.parse(message)).readings.map((reading) => readingMessage.parse(reading));

it('keeps to the contract, with its seq and the oldest that is held', () => {
  const maker = new MessageMaker(gateway, seededRandom(1), () => 1_000);
  const message = readingsMessage.parse(JSON.parse(maker.make(8, 5, 2)));
  expect([message.seq, message.oldest, message.readings.length]).toEqual([8, 5, 2]);
  expect(readingsOf(maker.make(9, 5, 2)).map(({ point, unit }) => [point, unit])).toEqual([
    ['c.power', 'kW'],
    ['d.power', 'kW'],
  ]);
});

it('gives no point the same instant twice, though the clock stands', () => {
  const maker = new MessageMaker(gateway, seededRandom(1), () => 1_000);
  const readings = Array.from({ length: 100 }, (_, seq) => readingsOf(maker.make(seq, 0, 2))).flat();
  expect(new Set(readings.map(({ point, ts }) => `${point} ${ts}`)).size).toBe(200);
  expect(readings[0]?.ts).toBe(1_000);
});

it('is the same for the same seed', () => {
  const first = (seed: number) => new MessageMaker(gateway, seededRandom(seed), () => 1_000).make(1, 1, 4);
  expect(first(7)).toBe(first(7));
  expect(first(7)).not.toBe(first(8));
});
