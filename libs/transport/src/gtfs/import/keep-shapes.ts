import type { ShapePoint } from '../feed.js';
import type { Row } from '../schema/schedule-tables.js';
import type { Ledger } from './ledger.js';

interface OpenShape {
  readonly points: ShapePoint[];
  readonly lines: number[];
}

export interface ShapeBook {
  add(row: Row<'shapes.txt'>, line: number): void;
  /** Points in order; a point with the sequence of another is refused. */
  close(ledger: Ledger): ReadonlyMap<string, readonly ShapePoint[]>;
}

export const openShapeBook = (): ShapeBook => {
  const shapes = new Map<string, OpenShape>();
  return {
    add: ({ shape_id: id, shape_pt_lat, shape_pt_lon, shape_pt_sequence, shape_dist_traveled, more }, line) => {
      const shape = shapes.get(id) ?? { points: [], lines: [] };
      if (shape.points.length === 0) shapes.set(id, shape);
      shape.lines.push(line);
      shape.points.push({
        lat: shape_pt_lat,
        lon: shape_pt_lon,
        sequence: shape_pt_sequence,
        ...(shape_dist_traveled !== undefined && { distance: shape_dist_traveled }),
        ...(more && { more }),
      });
    },
    close: (ledger) => new Map([...shapes].map(([id, shape]) => [id, closeShape(id, shape, ledger)])),
  };
};

const closeShape = (id: string, { points, lines }: OpenShape, ledger: Ledger): readonly ShapePoint[] => {
  if (points.every((point, place) => place === 0 || point.sequence > (points[place - 1]?.sequence ?? 0))) return points;
  const sorted = points
    .map((point, place) => ({ point, line: lines[place] ?? 0 }))
    .sort((a, b) => a.point.sequence - b.point.sequence || a.line - b.line);
  return sorted.flatMap(({ point, line }, place) => {
    if (place === 0 || sorted[place - 1]?.point.sequence !== point.sequence) return [point];
    ledger.refuse({
      file: 'shapes.txt',
      row: line,
      field: 'shape_pt_sequence',
      value: String(point.sequence),
      rule: 'duplicate_key',
      follows: false,
      message: `Shape ${id} has shape_pt_sequence ${point.sequence} twice.`,
    });
    return [];
  });
};
