import { at, NodeQueue } from '../roads/node-queue.js';
import type { TransitNetwork } from './transit-network.js';

/** What passengers to one destination do at every stop and on board, so that they arrive earliest in the mean. */
export interface Strategy {
  /** Index of the stop. */
  readonly destination: number;
  /** By node: seconds to the destination in the mean, waiting included; Infinity where no way leads. */
  readonly seconds: Float64Array;
  /** By stop: rate of all calls that are boarded there, whichever comes first. The mean wait is 1 / rate. 0 where nobody waits. */
  readonly rate: Float64Array;
  /** By call: 1 where those who wait at its stop board it. */
  readonly boards: Uint8Array;
  /** By call: 1 where those on board alight. */
  readonly alights: Uint8Array;
  /** By stop: the walk that people take from it instead of waiting; -1 for none. */
  readonly walk: Int32Array;
  /** Nodes from which a way leads, from the nearest to the furthest. */
  readonly order: Int32Array;
}

/**
 * Optimal strategies to one destination (Spiess and Florian 1989, the label-setting algorithm): nodes are settled from the nearest to the
 * furthest, and a call joins those that are boarded at its stop while it is nearer to the destination than the stop is. As boarding itself takes no
 * time, calls come in the order in which the algorithm takes up its links.
 */
export const findStrategy = (network: TransitNetwork, destination: number): Strategy => {
  const { callStop, callPattern, rideS, callRate, firstCall, calls, walkFrom, walkS, firstWalk, walks } = network;
  const stops = network.stops.length;
  const queue = new NodeQueue(stops + callStop.length);
  const rate = new Float64Array(stops);
  const rateTimesS = new Float64Array(stops);
  const boards = new Uint8Array(callStop.length);
  const alights = new Uint8Array(callStop.length);
  const walk = new Int32Array(stops).fill(-1);
  const order = new Int32Array(stops + callStop.length);

  const settleStop = (stop: number): void => {
    const label = at(queue.labels, stop);
    for (let i = at(firstCall, stop); i < at(firstCall, stop + 1); i++) {
      const call = at(calls, i);
      // Who walks from here does not wait for what would have been nearer than the stop.
      if (at(walk, stop) >= 0) boards[call] = 0;
      if (queue.lower(stops + call, label)) alights[call] = 1;
    }
    if (at(walk, stop) >= 0) rate[stop] = 0;
    for (let i = at(firstWalk, stop); i < at(firstWalk, stop + 1); i++) {
      const way = at(walks, i);
      const from = at(walkFrom, way);
      if (queue.lower(from, label + at(walkS, way))) walk[from] = way;
    }
  };

  const settleCall = (call: number): void => {
    const label = at(queue.labels, stops + call);
    const before = call - 1;
    if (before >= 0 && callPattern[before] === callPattern[call]) {
      if (queue.lower(stops + before, label + at(rideS, before))) alights[before] = 0;
    }
    const stop = at(callStop, call);
    if (callRate[call] === 0 || label >= at(queue.labels, stop)) return;
    rate[stop] = at(rate, stop) + at(callRate, call);
    rateTimesS[stop] = at(rateTimesS, stop) + at(callRate, call) * label;
    boards[call] = 1;
    if (queue.lower(stop, (1 + at(rateTimesS, stop)) / at(rate, stop))) walk[stop] = -1;
  };

  queue.lower(destination, 0);
  let settled = 0;
  for (let node = queue.take(); node >= 0; node = queue.take()) {
    order[settled++] = node;
    if (node < stops) settleStop(node);
    else settleCall(node - stops);
  }
  return { destination, seconds: queue.labels, rate, boards, alights, walk, order: order.slice(0, settled) };
};
