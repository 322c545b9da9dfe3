import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant } from '../columns.js';

/** The last that was said of a session. */
@Entity('session_state')
@Index('session_state_ts', ['ts'])
export class SessionStateEntity {
  @PrimaryColumn('text') venue!: string;
  @PrimaryColumn('text') session!: string;
  @Column('text') state!: 'scheduled' | 'running' | 'over_time' | 'ended' | 'cancelled';
  @Column('timestamptz', { name: 'expected_end', nullable: true, transformer: instant }) expectedEnd!: EpochMs | null;
  @Column('text') by!: string;
  /** When it was said. */
  @Column('timestamptz', { transformer: instant }) ts!: EpochMs;
}
