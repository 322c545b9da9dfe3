import type { EpochMs } from '#libs/kernel';
import type { SeriesTable } from './series-tables.js';

/** How a tier makes room for new instants and drops old ones. */
export interface Chunks {
  /** Afterwards rows at all these instants can be inserted. */
  ensure(table: SeriesTable, instants: Iterable<EpochMs>): Promise<void>;
  /** Makes the chunks of these instants, so that no writer has to. */
  makeAhead(table: SeriesTable, instants: readonly EpochMs[]): Promise<void>;
  /** Drops chunks that end at or before `cutoff`. */
  dropBefore(table: SeriesTable, cutoff: EpochMs): Promise<void>;
  /** Packs chunks of readings that end before `cutoff`, where the tier can. */
  packBefore(cutoff: EpochMs): Promise<void>;
  /** Looks again at what there is, after another process changed it. */
  forget(): void;
}
