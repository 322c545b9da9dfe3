import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant } from '../columns.js';

/** The last message stored under an id of an MQTT session: at most 65,535 rows a session. */
@Entity('delivery')
export class DeliveryEntity {
  @PrimaryColumn('text') session!: string;
  @PrimaryColumn('integer', { name: 'message_id' }) messageId!: number;
  @Column('text') fingerprint!: string;
  @Column('timestamptz', { transformer: instant }) received!: EpochMs;
  /** Whether it came as delivered again. */
  @Column('boolean') again!: boolean;
}
