import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import type { PlanKind, PlanState, Provenance } from '#libs/planning';
import { instant, wholeNumber } from '../columns.js';

/** Problem and content are kept as they were written (json, not jsonb), so that a replay reads the very same text. */
@Entity('plan')
@Unique('plan_kind_seq', ['kind', 'seq'])
@Index('plan_one_active', ['kind'], { unique: true, where: `state = 'active'` })
@Index('plan_created', ['created'])
export class PlanEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text') kind!: PlanKind;
  @Column('bigint', { transformer: wholeNumber }) seq!: number;
  @Column('text') state!: PlanState;
  @Column('timestamptz', { transformer: instant }) created!: EpochMs;
  @Column('timestamptz', { name: 'valid_until', transformer: instant }) validUntil!: EpochMs;
  @Column('jsonb') provenance!: Provenance;
  @Column('json') problem!: unknown;
  @Column('json') content!: unknown;
}
