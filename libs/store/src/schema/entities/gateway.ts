import { Column, Entity, PrimaryColumn } from 'typeorm';
import { wholeNumber } from '../columns.js';

@Entity('gateway')
export class GatewayEntity {
  @PrimaryColumn('text') venue!: string;
  @PrimaryColumn('text') id!: string;
  /** Up to here its readings are stored; null before the first. */
  @Column('bigint', { name: 'stored_seq', nullable: true, transformer: wholeNumber }) storedSeq!: number | null;
}
