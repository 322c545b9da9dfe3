import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDispatch } from '../check/any-dispatch.fixture.js';
import { generateInstance } from '../instances/generate.js';
import type { DispatchProblem } from '../problem/problem.js';
import { compileProblem, strandCostsOf } from './compile.js';
import { followStrand, visitsOf } from './follow-strand.js';

/** Some vehicles on some departures of each strand: `choice` says which. */
const compareStrands = (problem: DispatchProblem, choice: readonly number[]): void => {
  const compiled = compileProblem(problem);
  const slots = problem.grid.count;
  for (const strand of compiled.strands) {
    const costs = strandCostsOf(compiled, strand);
    const visits = visitsOf(problem, strand);
    const departures = costs.lead + slots;
    for (const pick of choice) {
      const at = (pick % strand.patterns.length) * departures + costs.lead + (pick % slots);
      costs.capacity[at] = (costs.capacity[at] ?? 0) + (pick % 3) * 7;
      costs.accessible[at] = (costs.accessible[at] ?? 0) + (pick % 3);
    }
    const followed = (): number => followStrand(visits, compiled.rides, costs.capacity, costs.accessible);
    const base = followed();
    expect(costs.rebase()).toBeCloseTo(base, 6);
    for (const pick of choice) {
      const position = pick % strand.patterns.length;
      const [slot, other] = [pick % slots, (pick * 7) % slots];
      const otherSlot = pick % 2 === 0 || other === slot ? -1 : other;
      const change = costs.change(position, slot, otherSlot, 9, 1);
      if (otherSlot < 0 && !costs.wasFull) expect(costs.change(position, slot, -1, 90, 10)).toBe(change);
      const key = (of: number): number => position * departures + costs.lead + of;
      const put = (at: number, by: 1 | -1): void => {
        costs.capacity[at] = (costs.capacity[at] ?? 0) + 9 * by;
        costs.accessible[at] = (costs.accessible[at] ?? 0) + by;
      };
      put(key(slot), 1);
      if (otherSlot >= 0) put(key(otherSlot), -1);
      expect(change).toBeCloseTo(followed() - base, 6);
      put(key(slot), -1);
      if (otherSlot >= 0) put(key(otherSlot), 1);
    }
  }
};

const choice = fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 });

describe('costs of a strand', () => {
  it('are those of following everybody from the start, whatever changes, on any problem', () => {
    fc.assert(fc.property(anyDispatch, choice, compareStrands), { numRuns: 150, seed: 6 });
  });

  it('are so where expresses overtake and fleets are short', () => {
    const problem = generateInstance({ lines: 12, slots: 24, seed: 3, fleet: 'tight' });
    fc.assert(
      fc.property(choice, (picks) => compareStrands(problem, picks)),
      { numRuns: 5, seed: 6 },
    );
  });
});
