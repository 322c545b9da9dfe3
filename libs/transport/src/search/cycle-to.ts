import type { Cycle } from './cycle.js';
import { Arc, arcCode } from './moves.js';
import { nodeAt } from './network.js';
import type { Schedule } from './schedule.js';

/** What the vehicles of one class are to do, counted: by trip number, deadhead number and node. */
export interface ClassCounts {
  readonly trips: Int32Array;
  readonly deadheads: Int32Array;
  readonly calls: Int32Array;
}

/** The move from what a class does to what it is to do. Where that cannot be, some count that it leads to is below zero. */
export const cycleTo = (schedule: Schedule, vehicles: number, to: ClassCounts): Cycle => {
  const arcs: number[] = [];
  const push = (more: number, less: number, at: number, by: number): void => {
    for (let count = Math.abs(by); count > 0; count -= 1) arcs.push(arcCode(by > 0 ? more : less, at));
  };
  const compare = (more: number, less: number, from: Int32Array | undefined, into: Int32Array): void => {
    for (let at = 0; at < into.length; at += 1) {
      const by = (into[at] ?? 0) - (from?.[at] ?? 0);
      if (by !== 0) push(more, less, at, by);
    }
  };
  compare(Arc.trip, Arc.tripLess, schedule.trips[vehicles], to.trips);
  compare(Arc.deadhead, Arc.deadheadLess, schedule.deadheads[vehicles], to.deadheads);
  if ((schedule.calls[vehicles]?.length ?? 0) > 0) {
    compare(Arc.call, Arc.callLess, schedule.calls[vehicles], to.calls);
    compare(Arc.uncalled, Arc.uncalledLess, schedule.uncalled[vehicles], uncalledAfter(schedule, vehicles, to.calls));
  }
  compare(Arc.stand, Arc.standLess, schedule.stand[vehicles], standingAfter(schedule, vehicles, to));
  return { vehicles, arcs, estimate: 0 };
};

/** Vehicles that stand at each node through its slot. */
const standingAfter = (schedule: Schedule, vehicles: number, { trips, deadheads, calls }: ClassCounts): Int32Array => {
  const { network } = schedule.compiled;
  const { slots, places, sink } = network;
  const { supply, callOutCost } = network.classes[vehicles] ?? { supply: calls, callOutCost: 0 };
  const standing = new Int32Array(sink + 1);
  standing.set(callOutCost > 0 ? calls : supply);
  const move = (from: number, to: number, slot: number, taken: number, count: number): void => {
    const ends = nodeAt(network, to, slot + taken);
    standing[slot * places + from] = (standing[slot * places + from] ?? 0) - count;
    standing[ends] = (standing[ends] ?? 0) + count;
  };
  for (let trip = 0; trip < trips.length; trip += 1) {
    const count = trips[trip] ?? 0;
    const pattern = count === 0 ? undefined : network.patterns[Math.floor(trip / slots)];
    if (pattern) move(pattern.from, pattern.to, trip % slots, pattern.busy, count);
  }
  for (let deadhead = 0; deadhead < deadheads.length; deadhead += 1) {
    const count = deadheads[deadhead] ?? 0;
    const arc = count === 0 ? undefined : network.deadheads[Math.floor(deadhead / slots)];
    if (arc) move(arc.from, arc.to, deadhead % slots, arc.slots, count);
  }
  for (let node = places; node < sink; node += 1)
    standing[node] = (standing[node] ?? 0) + (standing[node - places] ?? 0);
  return standing.subarray(0, sink);
};

const uncalledAfter = (schedule: Schedule, vehicles: number, calls: Int32Array): Int32Array => {
  const { places, sink, classes } = schedule.compiled.network;
  const left = Int32Array.from(
    { length: sink },
    (_, node) => (classes[vehicles]?.supply[node] ?? 0) - (calls[node] ?? 0),
  );
  for (let node = places; node < sink; node += 1) left[node] = (left[node] ?? 0) + (left[node - places] ?? 0);
  return left;
};
