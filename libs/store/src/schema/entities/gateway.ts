import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant, wholeNumber } from '../columns.js';

@Entity('gateway')
export class GatewayEntity {
  @PrimaryColumn('text') venue!: string;
  @PrimaryColumn('text') id!: string;
  /** Up to here its readings are stored; null before the first. */
  @Column('bigint', { name: 'stored_seq', nullable: true, transformer: wholeNumber }) storedSeq!: number | null;
  /** Null, like all below, until it says something of itself. */
  @Column('text', { nullable: true }) state!: 'online' | 'offline' | null;
  /** By its own clock. */
  @Column('timestamptz', { name: 'state_at', nullable: true, transformer: instant }) stateAt!: EpochMs | null;
  @Column('bigint', { nullable: true, transformer: wholeNumber }) buffered!: number | null;
  @Column('bigint', { nullable: true, transformer: wholeNumber }) published!: number | null;
  @Column('bigint', { nullable: true, transformer: wholeNumber }) dropped!: number | null;
  /** Its clock minus ours, seconds. */
  @Column('double precision', { name: 'clock_skew_s', nullable: true }) clockSkewS!: number | null;
}
