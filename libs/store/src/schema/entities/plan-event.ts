import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import type { PlanState } from '#libs/planning';
import { instant } from '../columns.js';
import { PlanEntity } from './plan.js';

@Entity('plan_event')
@Index('plan_event_plan', ['plan'])
export class PlanEventEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' }) id!: string;
  @Column('text') plan!: string;
  @Column('timestamptz', { transformer: instant }) at!: EpochMs;
  @Column('text') state!: PlanState;
  @Column('text') by!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @ManyToOne(() => PlanEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'plan', foreignKeyConstraintName: 'plan_event_plan_fkey' })
  owner!: Relation<PlanEntity>;
}
