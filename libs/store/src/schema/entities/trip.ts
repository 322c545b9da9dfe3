import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant } from '../columns.js';

/** A vehicle departs once at an instant. */
@Entity('trip')
@Index('trip_departs', ['departs'])
export class TripEntity {
  @PrimaryColumn('text') vehicle!: string;
  @PrimaryColumn('timestamptz', { transformer: instant }) departs!: EpochMs;
  @Column('text') line!: string;
  @Column('text') pattern!: string;
  @Column('text') plan!: string;
}
