import { at } from '../roads/node-queue.js';
import type { Strategy } from './find-strategy.js';
import type { TransitNetwork } from './transit-network.js';

/** People on each link of the network; whatever unit the demand is in. */
export interface LinkVolumes {
  /** By call: who board it, who ride on from it to the next, who alight at it. */
  readonly board: Float64Array;
  readonly ride: Float64Array;
  readonly alight: Float64Array;
  /** By walk. */
  readonly walk: Float64Array;
  /** By stop: people times the mean wait there, s. */
  readonly wait: Float64Array;
}

/** The people of one destination on the links of their strategy. Demand is by stop; that of stops from which no way leads stays out. */
export const loadStrategy = (network: TransitNetwork, strategy: Strategy, demand: Float64Array): LinkVolumes => {
  const { callStop, callRate, firstCall, calls, walkTo } = network;
  const stops = network.stops.length;
  const people = new Float64Array(stops + callStop.length);
  people.set(demand);
  const volumes: LinkVolumes = {
    board: new Float64Array(callStop.length),
    ride: new Float64Array(callStop.length),
    alight: new Float64Array(callStop.length),
    walk: new Float64Array(walkTo.length),
    wait: new Float64Array(stops),
  };
  const move = (link: Float64Array, index: number, to: number, count: number): void => {
    link[index] = at(link, index) + count;
    people[to] = at(people, to) + count;
  };
  // Everybody moves to a node that was settled earlier.
  for (let place = strategy.order.length - 1; place > 0; place--) {
    const node = at(strategy.order, place);
    const count = at(people, node);
    if (count === 0) continue;
    if (node >= stops) {
      const call = node - stops;
      if (strategy.alights[call] === 1) move(volumes.alight, call, at(callStop, call), count);
      else move(volumes.ride, call, node + 1, count);
      continue;
    }
    const way = at(strategy.walk, node);
    if (way >= 0) {
      move(volumes.walk, way, at(walkTo, way), count);
      continue;
    }
    volumes.wait[node] = count / at(strategy.rate, node);
    for (let i = at(firstCall, node); i < at(firstCall, node + 1); i++) {
      const call = at(calls, i);
      if (strategy.boards[call] === 0) continue;
      move(volumes.board, call, stops + call, (count * at(callRate, call)) / at(strategy.rate, node));
    }
  }
  return volumes;
};
