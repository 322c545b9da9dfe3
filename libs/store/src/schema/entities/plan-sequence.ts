import { Column, Entity, PrimaryColumn } from 'typeorm';
import { wholeNumber } from '../columns.js';

/** The last seq given out for a kind: it counts on when plans are pruned. */
@Entity('plan_sequence')
export class PlanSequenceEntity {
  @PrimaryColumn('text') kind!: string;
  @Column('bigint', { transformer: wholeNumber }) seq!: number;
}
