import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant, wholeNumber } from '../columns.js';

/** A report that is delivered twice is one row. */
@Entity('command_outcome')
@Index('command_outcome_at', ['at'])
export class CommandOutcomeEntity {
  @PrimaryColumn('text') plan!: string;
  @PrimaryColumn('bigint', { transformer: wholeNumber }) seq!: number;
  @PrimaryColumn('text') kind!: 'setpoint' | 'orders';
  @PrimaryColumn('text') target!: string;
  @PrimaryColumn('text') state!: 'received' | 'applied' | 'refused' | 'expired';
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('double precision', { nullable: true }) measured!: number | null;
  @Column('timestamptz', { transformer: instant }) at!: EpochMs;
}
