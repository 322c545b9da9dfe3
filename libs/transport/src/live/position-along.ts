import type { LatLon } from '../roads/plane.js';
import type { PatternPath } from './pattern-path.js';

/** The place on a path so many metres from its start, and the course there: degrees clockwise from north. Before its start and past its end: these. */
export const positionAlong = (
  { points, alongM, plane }: Pick<PatternPath, 'points' | 'alongM' | 'plane'>,
  metres: number,
): LatLon & { readonly bearing: number } => {
  const next = alongM.findIndex((along, index) => index > 0 && along >= metres);
  const index = next === -1 ? points.length - 1 : next;
  const [from, to] = [points[index - 1] ?? { x: 0, y: 0 }, points[index] ?? { x: 0, y: 0 }];
  const [start, end] = [alongM[index - 1] ?? 0, alongM[index] ?? 0];
  const share = end > start ? Math.min(1, Math.max(0, (metres - start) / (end - start))) : 1;
  const bearing = ((Math.atan2(to.x - from.x, to.y - from.y) * 180) / Math.PI + 360) % 360;
  return { ...plane.toLatLon({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }), bearing };
};
