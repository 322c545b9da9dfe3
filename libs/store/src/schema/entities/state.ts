import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Latest estimates that other roles show. */
@Entity('state')
export class StateEntity {
  @PrimaryColumn('text') name!: string;
  @Column('jsonb') document!: unknown;
}
