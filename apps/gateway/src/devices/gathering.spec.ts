import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Gathering, type Portion } from './gathering.js';

describe('Gathering', () => {
  let written: Portion<number>[];
  let acks: number[];
  let refused: number;
  let taking: boolean;
  let gathering: Gathering<number, number>;
  beforeEach(() => {
    jest.useFakeTimers();
    [written, acks, refused, taking] = [[], [], 0, true];
    gathering = new Gathering<number, number>({
      write: (portion) => {
        if (taking) written.push(portion);
        return taking;
      },
      onWritten: (_deliveries, told) => acks.push(...told),
      onRefused: () => refused++,
    });
  });
  afterEach(() => void jest.useRealTimers());

  const add = (n: number, readings: readonly number[] = [n]) =>
    gathering.add({ readings, delivery: `${n} hash`, ack: n });

  it('writes once what comes within 20 ms, and then tells the broker of all of it', () => {
    add(1);
    jest.advanceTimersByTime(19);
    add(2);
    expect([written, acks]).toEqual([[], []]);
    jest.advanceTimersByTime(1);
    expect(written).toEqual([{ readings: [1, 2], deliveries: ['1 hash', '2 hash'] }]);
    expect(acks).toEqual([1, 2]);
    add(3);
    jest.advanceTimersByTime(20);
    expect(written).toHaveLength(2);
  });

  it('waits for no more than 500 messages', () => {
    for (let n = 0; n < 1_001; n++) add(n, n % 2 === 0 ? [n] : []);
    expect(written.map(({ deliveries }) => deliveries.length)).toEqual([500, 500]);
    gathering.flush();
    expect(acks).toEqual(Array.from({ length: 1_001 }, (_, n) => n));
  });

  it('writes no more than 500 readings at once, and marks a message in the last of its parts', () => {
    add(1);
    add(
      2,
      Array.from({ length: 1_200 }, (_, n) => n),
    );
    expect(written.map(({ readings, deliveries }) => [readings.length, deliveries])).toEqual([
      [1, ['1 hash']],
      [500, []],
      [500, []],
      [200, ['2 hash']],
    ]);
    expect(acks).toEqual([1, 2]);
  });

  it('tells the broker of nothing that the disk does not take, and forgets it', () => {
    taking = false;
    add(1);
    jest.advanceTimersByTime(20);
    expect([acks, refused]).toEqual([[], 1]);
    taking = true;
    add(2);
    jest.advanceTimersByTime(20);
    expect([written, acks]).toEqual([[{ readings: [2], deliveries: ['2 hash'] }], [2]]);
  });

  it('takes nothing more after a message that the disk does not take', () => {
    taking = false;
    add(1);
    const many = Array.from({ length: 500 }, (_, n) => n);
    add(2, many);
    taking = true;
    jest.advanceTimersByTime(20);
    expect([written, refused]).toEqual([[], 1]);
  });

  it('writes nothing for messages without readings, and tells the broker of them', () => {
    gathering.add({ readings: [], delivery: undefined, ack: 7 });
    gathering.flush();
    expect([written, acks]).toEqual([[], [7]]);
  });
});
