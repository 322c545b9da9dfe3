import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import type { StoredPrediction } from '../../ledger/contract.js';
import { instant } from '../columns.js';

@Entity('ledger_day')
export class LedgerDayEntity {
  @PrimaryColumn('text') day!: string;
  @Column('text', { nullable: true }) run!: string | null;
  @Column('timestamptz', { nullable: true, transformer: instant }) predicted!: EpochMs | null;
  @Column('json', { nullable: true }) prediction!: StoredPrediction | null;
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('timestamptz', { nullable: true, transformer: instant }) counted!: EpochMs | null;
  @Column('double precision', { name: 'live_ratio', nullable: true }) liveRatio!: number | null;
  @Column('json', { nullable: true }) outcome!: Readonly<Record<string, number>> | null;
  @Column('boolean', { default: false }) settled!: boolean;
}
