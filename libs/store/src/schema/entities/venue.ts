import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('venue')
export class VenueEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('text') feeder!: string;
  @Column('double precision', { name: 'import_limit_kw' }) importLimitKw!: number;
}
