import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** `name` is unique in its venue, such as `main.active_power`. */
@Entity('point')
@Unique('point_venue_name', ['venue', 'name'])
export class PointEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'BY DEFAULT' }) id!: number;
  @Column('text') venue!: string;
  @Column('text') gateway!: string;
  @Column('text') name!: string;
  @Column('text') kind!: string;
  @Column('text') unit!: string;
}
