import { escaped } from './texts.js';

const [WIDTH, HEIGHT, MARGIN] = [900, 420, 24];
const LARGEST_RADIUS = 22;

export interface MapStop {
  readonly id: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

/** Lines as straight ways from stop to stop, and at each stop a disc whose area is the most people who waited there at once. `most`: of the largest disc. */
export const networkMapOf = (
  stops: readonly MapStop[],
  lines: readonly (readonly string[])[],
  peakAt: (stop: string) => number,
  most: number,
): string => {
  if (stops.length === 0) return '';
  const lats = stops.map(({ lat }) => lat);
  const lons = stops.map(({ lon }) => lon);
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  // As long as broad at the middle latitude.
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / Math.max(1e-6, (east - west) * squeeze),
    (HEIGHT - 2 * MARGIN) / Math.max(1e-6, north - south),
  );
  const place = ({ lat, lon }: MapStop): readonly [x: number, y: number] => [
    MARGIN + (lon - west) * squeeze * scale,
    MARGIN + (north - lat) * scale,
  ];
  const known = new Map(stops.map((stop) => [stop.id, place(stop)]));
  const ways = lines.map((line) => {
    const points = line.flatMap((id) => {
      const at = known.get(id);
      return at ? `${at[0].toFixed(1)} ${at[1].toFixed(1)}` : [];
    });
    return points.length > 1 ? `<path class="way" d="M${points.join('L')}"/>` : '';
  });
  const discs = stops
    .map((stop) => ({ stop, people: peakAt(stop.id) }))
    .sort((a, b) => b.people - a.people)
    .map(({ stop, people }) => {
      const [x, y] = place(stop);
      const radius = Math.max(1.5, LARGEST_RADIUS * Math.sqrt(people / most));
      return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}"><title>${escaped(stop.name)}: ${people} people at once</title></circle>`;
    });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" role="img" aria-label="map of stops: the largest disc is ${most} people at once">${ways.join('')}${discs.join('')}</svg>`;
};
