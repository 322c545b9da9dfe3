import { Inject, Injectable } from '@nestjs/common';
import type { PointRow } from '#libs/store';

import { CONTEXT, type PlatformContext } from '../../context.js';

/** The pack's points with their numbers in the database, read once: they do not change while the platform runs. */
@Injectable()
export class PointDirectory {
  private known: readonly PointRow[] | undefined;

  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  async points(): Promise<readonly PointRow[]> {
    if (!this.known) {
      const rows = await this.context.store.listPoints();
      const venues = new Set(this.context.pack.venues.map(({ id }) => id));
      this.known = rows.filter(({ venue }) => venues.has(venue));
    }
    return this.known;
  }

  async find(venue: string, point: string): Promise<PointRow | undefined> {
    return (await this.points()).find((row) => row.venue === venue && row.point === point);
  }
}
