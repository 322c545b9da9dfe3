import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { depotCharging } from './depot-charging.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const grid = { start: at(0), slotMs: 5 * MINUTE_MS, count: 36 };
const depots = [
  { id: 'yard', name: 'Yard', stop: '421', venue: 'hall' },
  { id: 'field', name: 'Field', lat: 1, lon: 2 },
];
const charge = (place: string, slot: number, kwh = 4) => ({
  kind: 'charge' as const,
  place,
  slot,
  until_slot: slot + 1,
  kwh,
});
const trip = { kind: 'trip' as const, pattern: 'A', slot: 8, until_slot: 12 };

describe('depotCharging', () => {
  it('is one stay from the first charge until the vehicle leaves', () => {
    const blocks = [{ vehicle: 'volt-01', activities: [charge('421', 2), charge('421', 3), charge('421', 5), trip] }];
    expect(depotCharging({ depots }, { grid, blocks })).toEqual([
      { vehicle: 'volt-01', depot: 'yard', kwh: 12, start: at(10), end: at(40) },
    ]);
  });

  it('is another stay after a trip, to the end of what is planned', () => {
    const blocks = [{ vehicle: 'volt-01', activities: [charge('421', 2), trip, charge('421', 20, 3)] }];
    expect(depotCharging({ depots }, { grid, blocks }).map(({ kwh, start, end }) => [kwh, start, end])).toEqual([
      [4, at(10), at(40)],
      [3, at(100), at(105)],
    ]);
  });

  it('is not of depots that no venue feeds', () => {
    expect(
      depotCharging({ depots }, { grid, blocks: [{ vehicle: 'v', activities: [charge('depot:field', 1)] }] }),
    ).toEqual([]);
  });

  it('is as by the plan before until its grid begins', () => {
    const stay = (start: number, end: number, kwh: number) => ({ vehicle: 'volt-01', depot: 'yard', kwh, start: at(start), end: at(end) }); // prettier-ignore
    const before = [stay(-90, -70, 9), stay(-30, -20, 2), stay(-10, 30, 8), stay(40, 50, 2)];
    const blocks = [{ vehicle: 'volt-01', activities: [charge('421', 0), trip] }];
    expect(depotCharging({ depots }, { grid, blocks }, before)).toEqual([
      stay(-30, -20, 2),
      // It goes on where the grid begins.
      stay(-10, 40, 6),
    ]);
  });
});
