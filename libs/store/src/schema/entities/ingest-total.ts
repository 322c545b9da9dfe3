import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { wholeNumber } from '../columns.js';

/** One row of running totals, moved in the transaction of each batch. Readings, not messages. */
@Entity('ingest_total')
@Check('ingest_total_one_row', 'id = 1')
export class IngestTotalEntity {
  @PrimaryColumn('smallint') id!: number;
  /** Published and stored. */
  @Column('bigint', { transformer: wholeNumber }) stored!: number;
  /** Imported as history. */
  @Column('bigint', { transformer: wholeNumber }) imported!: number;
  @Column('bigint', { transformer: wholeNumber }) rejected!: number;
}
