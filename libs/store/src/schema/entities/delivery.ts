import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant } from '../columns.js';

/** An MQTT packet of an untimed message that was stored lately. */
@Entity('delivery')
@Index('delivery_stored_at', ['storedAt'])
export class DeliveryEntity {
  @PrimaryColumn('text') session!: string;
  @PrimaryColumn('integer', { name: 'message_id' }) messageId!: number;
  @PrimaryColumn('text') fingerprint!: string;
  @Column('timestamptz', { transformer: instant }) received!: EpochMs;
  /** Whether it came as delivered again. */
  @Column('boolean') again!: boolean;
  /** When the process that stored it was given it, in the database's time. */
  @Column('timestamptz', { default: () => 'now()' }) arrived!: Date;
  /** Wall time of the database. */
  @Column('timestamptz', { name: 'stored_at', default: () => 'now()' }) storedAt!: Date;
}
