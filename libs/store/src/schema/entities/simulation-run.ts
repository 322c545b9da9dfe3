import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import type { SimulationState } from '../../simulations/contract.js';
import { instant } from '../columns.js';

/** The scenario is kept as it was written (json, not jsonb): the order of its policies is theirs. */
@Entity('simulation_run')
@Index('simulation_run_created', ['created'])
export class SimulationRunEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text') title!: string;
  @Column('json') scenario!: unknown;
  @Column('text', { name: 'pack_version' }) packVersion!: string;
  @Column('integer') replications!: number;
  @Column('integer') policies!: number;
  @Column('text') by!: string;
  @Column('timestamptz', { transformer: instant }) created!: EpochMs;
  @Column('timestamptz', { nullable: true, transformer: instant }) ended!: EpochMs | null;
  @Column('text') state!: SimulationState;
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('boolean') kept!: boolean;
  /** Of replications under way: by number, the share of them that is done. */
  @Column('jsonb', { name: 'under_way' }) underWay!: Readonly<Record<string, number>>;
  @Column('boolean', { default: false }) replay!: boolean;
  /** Large, so read when it is asked for. */
  @Column('json', { nullable: true, select: false }) measured?: unknown;
  /** It predicts a day of the ledger, and goes when it has. */
  @Column('boolean', { name: 'for_ledger', default: false }) forLedger!: boolean;
  @Column('json', { nullable: true }) happened!: Readonly<Record<string, number>> | null;
}
