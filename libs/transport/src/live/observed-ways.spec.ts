import { describe, expect, it } from '@jest/globals';
import { LegTimes } from './leg-times.js';
import { observedWays } from './observed-ways.js';

/** Ten minutes from the station by the bridge to the arena. */
const pattern = {
  id: 'A-1',
  line: 'A',
  trips: [],
  stops: [
    { stop: 'station', offsetS: 0 },
    { stop: 'bridge', offsetS: 300 },
    { stop: 'arena', offsetS: 600 },
  ],
};
const driven = (seconds: number, hour: number): LegTimes => {
  const times = new LegTimes();
  for (let trip = 0; trip < 40; trip += 1)
    times.observeRun({ from: 'station', to: 'bridge', hour, prior_s: 285 }, seconds);
  return times;
};

describe('patterns as they are driven', () => {
  it('are the timetable where nobody was seen', () => {
    expect(observedWays([pattern], new LegTimes(), 8).size).toBe(0);
  });

  it('are longer at the hour at which a leg takes longer, and less so at others', () => {
    const times = driven(570, 8);
    const [peak, later] = [8, 14].map((hour) => observedWays([pattern], times, hour).get('A-1')?.stops ?? []);
    // Twice as long for the leg, shrunk a little towards the timetable; the other leg goes by the network's share of that.
    expect(peak?.[1]?.offsetS).toBeGreaterThan(540);
    expect(peak?.[1]?.offsetS).toBeLessThanOrEqual(586);
    expect(peak?.[2]?.offsetS).toBeGreaterThan((peak?.[1]?.offsetS ?? 0) + 300);
    expect(later?.[1]?.offsetS).toBeLessThanOrEqual(peak?.[1]?.offsetS ?? 0);
  });

  it('are shorter where vehicles are sooner', () => {
    expect(observedWays([pattern], driven(150, 8), 8).get('A-1')?.stops[2]?.offsetS).toBeLessThan(540);
  });

  it('say nothing of less than a minute', () => {
    expect(observedWays([pattern], driven(300, 8), 8).size).toBe(0);
  });
});
