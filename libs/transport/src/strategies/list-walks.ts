import { planeAround } from '../roads/plane.js';
import type { Walk } from './transit-network.js';

/** A stop, WGS 84 degrees. */
export interface WalkStop {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
}

/** Of pedestrians on level ground, with luggage and in a crowd, m/s. */
const WALKING_MPS = 1.2;

/** Paths are so much longer than the straight line. */
const CIRCUITY = 1.3;

/** People walk no further from stop to stop, m in a straight line: the usual catchment of a bus stop. */
const REACH_M = 400;

/** Ways on foot between all stops in reach of each other, both ways. */
export const listWalks = (stops: readonly WalkStop[]): readonly Walk[] => {
  const [first] = stops;
  if (!first) return [];
  const plane = planeAround(first);
  const points = stops.map((stop) => ({ id: stop.id, ...plane.toPoint(stop) }));
  return points.flatMap((from) =>
    points.flatMap((to) => {
      if (from === to || Math.abs(from.x - to.x) > REACH_M || Math.abs(from.y - to.y) > REACH_M) return [];
      const straightM = Math.hypot(from.x - to.x, from.y - to.y);
      if (straightM > REACH_M) return [];
      return [{ fromStop: from.id, toStop: to.id, seconds: (straightM * CIRCUITY) / WALKING_MPS }];
    }),
  );
};
