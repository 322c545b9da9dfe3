import { listPackPoints, type Pack, type Point } from '#libs/games';
import type { PointRow } from '#libs/store';

/** A point of the pack with the number that the store knows it by. */
export interface PackPoint {
  readonly id: number;
  readonly venue: string;
  readonly point: Point;
}

/** The pack's points, found by what they measure. */
export class PackPoints {
  private constructor(readonly all: readonly PackPoint[]) {}

  /** Throws when the store does not know a point: `registerPack` comes first. */
  static of(pack: Pick<Pack, 'gateways' | 'devices'>, rows: readonly PointRow[]): PackPoints {
    const ids = new Map(rows.map((row) => [`${row.venue} ${row.point}`, row.id]));
    return new PackPoints(
      listPackPoints(pack).map(({ venue, point }) => {
        const id = ids.get(`${venue} ${point.id}`);
        if (id === undefined)
          throw new Error(`The store does not know the point ${point.id} of ${venue}. Register the pack first.`);
        return { id, venue, point };
      }),
    );
  }

  /** The venue's first point of a kind. */
  findKind(venue: string, kind: Point['kind']): PackPoint | undefined {
    return this.all.find((one) => one.venue === venue && one.point.kind === kind);
  }

  getNamed(venue: string, name: string): PackPoint {
    const found = this.all.find((one) => one.venue === venue && one.point.id === name);
    if (!found) throw new Error(`The pack has no point ${name} of ${venue}. Run \`venueflow games check\` on it.`);
    return found;
  }
}
