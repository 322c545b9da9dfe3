import { Inject, Injectable } from '@nestjs/common';
import { type EpochMs, formatFault, systemClock } from '#libs/kernel';
import {
  dayFeed,
  type Departure,
  type Edition,
  nextEdition,
  openTimetable,
  readPackFeed,
  type Timetable,
  writeGtfs,
} from '#libs/transport';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { readEdition, type StoredEdition } from './stored-edition.js';

/** State documents: the standing edition, and by itself when it was written, so that it is read again only when it is another one. */
const EDITION = 'schedule_edition';
const WRITTEN = 'schedule_written';

export interface ScheduleFile {
  readonly zip: Uint8Array;
  readonly etag: string;
  /** Wall time, ms. */
  readonly written: number;
}

/** Keeps the schedule that the public was told: one edition for every process of the api role, in the store. */
@Injectable()
export class ScheduleDesk {
  readonly timetable: Timetable;
  private standing: StoredEdition | undefined;
  private file: ScheduleFile | undefined;

  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {
    const feed = readPackFeed(context.pack);
    if (!feed.ok) throw new Error(feed.error.map(formatFault).join('\n'));
    this.timetable = openTimetable(feed.value, context.pack.games.time_zone);
  }

  /** The edition at an event time, made anew when that is due. */
  async edition(now: EpochMs, departures: readonly Departure[]): Promise<Edition> {
    const { operations } = this.context.store;
    const standing = await this.read();
    const packVersion = this.context.pack.games.version;
    const edition = nextEdition({ timetable: this.timetable, packVersion, now, departures }, standing?.edition);
    if (standing?.edition === edition) return edition;
    const stored = { written_ms: systemClock.now(), edition };
    await operations.putState(EDITION, stored);
    await operations.putState(WRITTEN, stored.written_ms);
    this.standing = stored;
    return edition;
  }

  /** The standing edition as a zip; undefined before there is one. */
  async schedule(): Promise<ScheduleFile | undefined> {
    const standing = await this.read();
    if (!standing) return undefined;
    if (this.file?.written !== standing.written_ms) {
      const zip = writeGtfs(dayFeed(this.timetable, standing.edition));
      const etag = `"${standing.edition.day}-${standing.written_ms}"`;
      this.file = { zip, etag, written: standing.written_ms };
    }
    return this.file;
  }

  private async read(): Promise<StoredEdition | undefined> {
    const { operations } = this.context.store;
    const written = await operations.getState(WRITTEN);
    if (written === undefined || this.standing?.written_ms !== written)
      this.standing = readEdition(await operations.getState(EDITION));
    return this.standing;
  }
}
