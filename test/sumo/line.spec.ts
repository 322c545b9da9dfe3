import { describe, expect, it } from '@jest/globals';

import { type LineCall, readCases } from './line-case.js';
import { runOurs } from './run-ours.js';
import { runSumo } from './run-sumo.js';

const cases = new Map(readCases().map((line) => [line.name, line]));

/** Stops at which somebody was left behind, and departures that left somebody. */
const crowded = (calls: readonly LineCall[]) => {
  const full = calls.filter(({ left_behind }) => left_behind > 0);
  return {
    stops: [...new Set(full.map(({ stop }) => stop))].sort(),
    departures: new Set(full.map(({ departure }) => departure)).size,
  };
};

describe('a line, beside SUMO', () => {
  it.each([
    ['loose', 0, []],
    ['binding_at_b', 11, ['b']],
    ['overloaded', 12, ['a', 'b', 'c', 'd']],
  ])(
    '%s: as many board, get off and are left behind at every call, and wait as long',
    async (name, departures, stops) => {
      const line = cases.get(name);
      if (!line) throw new Error(`cases.yaml has no ${name}.`);
      const [ours, sumo] = [await runOurs(line), await runSumo(line)];
      expect(sumo.calls).toHaveLength(line.departures.length * line.stops.length);
      expect(ours).toEqual({ ...sumo, meanWaitS: expect.closeTo(sumo.meanWaitS, 6) });
      expect(crowded(ours.calls)).toEqual({ stops, departures });
    },
  );
});
