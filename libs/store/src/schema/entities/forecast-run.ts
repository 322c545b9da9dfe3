import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant } from '../columns.js';

@Entity('forecast_run')
@Index('forecast_run_made', ['made'])
export class ForecastRunEntity {
  @PrimaryColumn('text') id!: string;
  @Column('timestamptz', { transformer: instant }) made!: EpochMs;
  @Column('text') method!: string;
}
