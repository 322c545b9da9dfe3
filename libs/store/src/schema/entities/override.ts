import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import type { OverrideKind } from '#libs/planning';
import { instant } from '../columns.js';

@Entity('override')
@Index('override_ends_at', ['until'])
export class OverrideEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text') kind!: OverrideKind;
  @Column('jsonb') target!: Readonly<Record<string, string | number>>;
  @Column('timestamptz', { name: 'starts_at', transformer: instant }) from!: EpochMs;
  @Column('timestamptz', { name: 'ends_at', transformer: instant }) until!: EpochMs;
  @Column('text') by!: string;
  @Column('text') reason!: string;
  /** When a person took it back. */
  @Column('timestamptz', { name: 'ended_at', nullable: true, transformer: instant }) ended!: EpochMs | null;
}
