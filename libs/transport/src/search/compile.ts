import type { DispatchProblem } from '../problem/problem.js';
import { type CountTerms, countTermsOf } from './departure-costs.js';
import { leadOf } from './follow-strand.js';
import { buildNetwork, type Network } from './network.js';
import { type RideTerms, rideTermsOf } from './rides.js';
import { StrandCosts } from './strand-costs.js';
import { type Strand, strandsOf } from './strands.js';

/** The problem, laid out for search. Nothing in it changes. */
export interface CompiledProblem {
  readonly problem: DispatchProblem;
  readonly network: Network;
  readonly rides: readonly RideTerms[];
  readonly strands: readonly Strand[];
  /** By pattern. */
  readonly strandOf: Int32Array;
  /** Position of each pattern in its strand. */
  readonly positionOf: Int32Array;
  readonly counts: readonly (CountTerms | undefined)[];
  /** Cost of the rides that no pattern serves. */
  readonly unservedCost: number;
}

export const compileProblem = (problem: DispatchProblem): CompiledProblem => {
  const rides = rideTermsOf(problem);
  const strands = strandsOf(problem);
  const strandOf = new Int32Array(problem.patterns.length);
  const positionOf = new Int32Array(problem.patterns.length);
  const served = new Set<number>();
  for (const [index, strand] of strands.entries()) {
    for (const ride of strand.rides) served.add(ride);
    for (const [position, pattern] of strand.patterns.entries()) {
      strandOf[pattern] = index;
      positionOf[pattern] = position;
    }
  }
  return {
    problem,
    network: buildNetwork(problem),
    rides,
    strands,
    strandOf,
    positionOf,
    counts: countTermsOf(problem),
    unservedCost: rides
      .filter(({ index }) => !served.has(index))
      .reduce((sum, ride) => sum + costOfNobodyBoarding(ride), 0),
  };
};

const costOfNobodyBoarding = ({ idleCost, due, lateCost }: RideTerms): number =>
  due.reduce((sum, late) => sum + late * lateCost, idleCost);

/** A strand's costs, with the places of those under way in their base. */
export const strandCostsOf = ({ problem, rides }: CompiledProblem, strand: Strand): StrandCosts => {
  const costs = new StrandCosts(rides, strand, problem.grid.count, leadOf(problem, strand));
  addUnderWay(problem, strand, costs);
  return costs;
};

/** Adds the places of those under way. */
export const addUnderWay = (
  problem: DispatchProblem,
  strand: Strand,
  { lead, capacity, accessible }: Pick<StrandCosts, 'lead' | 'capacity' | 'accessible'>,
): void => {
  const departures = lead + problem.grid.count;
  for (const { pattern, type, slot } of problem.under_way) {
    const position = strand.patterns.findIndex((index) => problem.patterns[index]?.pattern === pattern);
    const vehicle = problem.vehicle_types.find(({ id }) => id === type);
    const departure = slot + lead;
    if (position < 0 || !vehicle || departure < 0 || departure >= departures) continue;
    const at = position * departures + departure;
    capacity[at] = (capacity[at] ?? 0) + vehicle.seats + vehicle.standing;
    accessible[at] = (accessible[at] ?? 0) + vehicle.accessible;
  }
};
