import { describe, expect, it } from '@jest/globals';

import { findBestHeadways } from './best-headways.js';
import { type DispatchProblem } from './contract.js';
import { Roads } from './driving.js';
import { ExpectedWaiting } from './expected-waiting.js';
import { headwayDepartures, ordinaryWays, scheduledTimetable, sortByTime } from './headway-timetable.js';
import { EXACT_DRIVING, tinyRide, tinyShuttles } from './tiny-shuttles.fixture.js';

const roads = new Roads(tinyShuttles, EXACT_DRIVING, 1);
const [out] = tinyShuttles.patterns;

describe('timetables', () => {
  it('B01: headways begin with half of one', () => {
    const departures = headwayDepartures([{ pattern: 'out' }], [2, 1], 3600);
    expect(departures.map(({ at_s }) => at_s)).toEqual([900, 2700, 5400]);
  });

  it('B02: the instance’s departures are spread over their slot, and its last headway goes on', () => {
    const patterns = out ? [{ ...out, scheduled: [2, 0, 1, 0, 1] }] : [];
    const departures = scheduledTimetable({ ...tinyShuttles, patterns }, 2400);
    expect(departures.map(({ at_s }) => at_s)).toEqual([0, 150, 600, 1200, 1800]);
  });

  it('B03: ordinary ways have the most calls', () => {
    const [first, second] = tinyShuttles.patterns;
    if (!first || !second) throw new Error('Two patterns are needed.');
    const stopping = { ...first, pattern: 'stopping', stops: [...first.stops, { stop: 'zoo', offset_slots: 3 }] };
    const short = { ...second, pattern: 'short', stops: [{ stop: 'zoo', offset_slots: 0 }, ...second.stops.slice(1)] };
    const ways = ordinaryWays([first, short, stopping, second], 'L').map(({ pattern }) => pattern);
    expect(ways[0]).toBe('stopping');
    expect(ways).toHaveLength(2);
    expect(ways).not.toContain('out');
  });
});

describe('expected waiting', () => {
  // 12 people come evenly over the hour, one every 5 minutes.
  const people = [
    { waiting: 0, arrivals: new Array<number>(12).fill(1) },
    { waiting: 0, arrivals: new Array<number>(12).fill(0) },
  ];
  const waiting = new ExpectedWaiting(roads, tinyShuttles, people, 'L', 3600);

  it('B04: with room for all it is half a headway each, at 10 EUR an hour', () => {
    const departures = [1800, 3600 - 1e-6].map((at_s) => ({ pattern: 'out', at_s }));
    expect(waiting.costOf(departures, 100, 1, 0)).toBeCloseTo(12 * 0.25 * 10, 3);
  });

  it('B05: who finds no room waits for the next vehicle, or to the end and longer', () => {
    const departures = [1800, 3600 - 1e-6].map((at_s) => ({ pattern: 'out', at_s }));
    // Six come by 1800 s, four ride; eight wait for the second, four of them ride, four are left for half an hour more.
    expect(waiting.costOf(departures, 4, 1, 0)).toBeCloseTo((12 * 0.25 + 2 * 0.5) * 10, 3);
    expect(waiting.costOf(departures, 4, 1, 1800)).toBeCloseTo((12 * 0.25 + 2 * 0.5 + 4 * 0.5) * 10, 3);
    expect(waiting.costOf([], 4, 1, 0)).toBeCloseTo(12 * 0.5 * 10, 3);
  });
});

describe('the best headways', () => {
  const line = (name: string): Pick<DispatchProblem, 'patterns' | 'rides'> => ({
    patterns: tinyShuttles.patterns.map((pattern) => ({
      ...pattern,
      line: name,
      pattern: `${name} ${pattern.pattern}`,
    })),
    rides: [tinyRide('hall', 'park', { line: name }), tinyRide('park', 'hall', { line: name })],
  });
  const [k, l] = [line('K'), line('L')];
  const [vehicle] = tinyShuttles.vehicles;
  const instance: DispatchProblem = {
    ...tinyShuttles,
    patterns: [...k.patterns, ...l.patterns],
    rides: [...k.rides, ...l.rides],
    vehicles: vehicle ? Array.from({ length: 4 }, (_, index) => ({ ...vehicle, id: `bus-${index}` })) : [],
  };
  const forecast = [8, 1, 3, 6].map((people, ride) => ({
    waiting: 0,
    arrivals: Array.from({ length: 12 }, (_, slot) => (slot >= 6 === (ride === 0) ? people : 0.2)),
  }));

  it.each([3, 4, 5, 6, 8])('B06: within %d hours they are what trying all of them finds', (vehicleHours) => {
    const options = { instance, roads, forecast, vehicleHours, fleetShare: 1, periodS: 1800, untilS: 3600 };
    const costOf = (counts: readonly (readonly number[])[]): number =>
      ['K', 'L'].reduce((sum, name, index) => {
        const departures = headwayDepartures(ordinaryWays(instance.patterns, name), counts[index] ?? [], 1800);
        const waiting = new ExpectedWaiting(roads, instance, forecast, name, 3600);
        return sum + waiting.costOf(sortByTime(departures), 4, 1, 1800);
      }, 0);
    const found = findBestHeadways(options);
    const countsOf = (name: string) =>
      [0, 1].map(
        (period) =>
          found.filter(({ pattern, at_s }) => pattern === `${name} out` && Math.floor(at_s / 1800) === period).length,
      );
    // A round takes (600 + 30 + 300) s each way.
    const roundHours = 1860 / 3600;
    let best = Infinity;
    const counts = [1, 2, 3, 4];
    for (const a of counts)
      for (const b of counts)
        for (const c of counts)
          for (const d of counts) {
            const fits = (a + b + c + d) * roundHours <= vehicleHours;
            const fleet = Math.max(a + c, b + d) * roundHours <= 4 * 0.5;
            if (fits && fleet)
              best = Math.min(
                best,
                costOf([
                  [a, b],
                  [c, d],
                ]),
              );
          }
    expect(costOf([countsOf('K'), countsOf('L')])).toBeCloseTo(best, 6);
  });
});
