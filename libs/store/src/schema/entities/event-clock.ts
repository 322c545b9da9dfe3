import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant } from '../columns.js';

/** One row: the event time that no restart may go below. */
@Entity('event_clock')
@Check('event_clock_one_row', 'id = 1')
export class EventClockEntity {
  @PrimaryColumn('smallint') id!: number;
  @Column('timestamptz', { name: 'reserved_event', transformer: instant }) reservedEvent!: EpochMs;
}
