import { describe, expect, it } from '@jest/globals';

import { Roads } from './driving.js';
import { headwayDispatcher } from './headway-dispatcher.js';
import { runShuttleDay } from './run-shuttle-day.js';
import { EXACT_DRIVING, tinyDay, tinyShuttles } from './tiny-shuttles.fixture.js';

const roads = new Roads(tinyShuttles, EXACT_DRIVING, 1);
const nobody: readonly number[] = [];
const drive = async (timetable: readonly (readonly [string, number])[], places: readonly string[]) => {
  const vehicles = places.map((place, index) => ({ id: `bus-${index + 1}`, type: 'bus', place, ready_slot: 0 }));
  const day = tinyDay([nobody, nobody], { vehicles });
  const departures = timetable.map(([pattern, at_s]) => ({ pattern, at_s }));
  const record = await runShuttleDay(day, headwayDispatcher(day.instance, roads, departures));
  return {
    ...record,
    driven: record.departures.map(({ pattern, vehicle, due_s, left_s }) => [pattern, vehicle, due_s, left_s]),
  };
};

describe('a dispatcher who follows a timetable', () => {
  it('C01: sends a vehicle to and fro', async () => {
    const { driven, deadheadKm } = await drive(
      [
        ['out', 0],
        ['back', 1000],
        ['out', 2000],
      ],
      ['hall'],
    );
    expect(driven).toEqual([
      ['out', 'bus-1', 0, 0],
      ['back', 'bus-1', 1000, 1000],
      ['out', 'bus-1', 2000, 2000],
    ]);
    expect(deadheadKm).toBe(0);
  });

  it('C02: sends a vehicle empty so that it is there just in time', async () => {
    const { driven, deadheadKm } = await drive([['back', 1200]], ['hall']);
    expect(driven).toEqual([['back', 'bus-1', 1200, 1200]]);
    expect(deadheadKm).toBe(8);
  });

  it('C03: takes the vehicle that stands there', async () => {
    const { driven } = await drive(
      [
        ['back', 1200],
        ['out', 1200],
      ],
      ['hall', 'park'],
    );
    expect(driven).toEqual([
      ['out', 'bus-1', 1200, 1200],
      ['back', 'bus-2', 1200, 1200],
    ]);
  });

  it('C04: lets a departure without a vehicle leave late, and cancels it after a quarter of an hour', async () => {
    const { driven } = await drive(
      [
        ['out', 0],
        ['out', 500],
        ['out', 1000],
      ],
      ['hall'],
    );
    // Back empty after 900 s, at the hall at 1500 s: the second one has been cancelled.
    expect(driven).toEqual([
      ['out', 'bus-1', 0, 0],
      ['out', 'bus-1', 1000, 1500],
    ]);
  });
});
