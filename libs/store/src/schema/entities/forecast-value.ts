import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { instant } from '../columns.js';

@Entity('forecast_value')
export class ForecastValueEntity {
  @PrimaryColumn('text') run!: string;
  @PrimaryColumn('integer', { name: 'point_id' }) pointId!: number;
  @PrimaryColumn('timestamptz', { transformer: instant }) ts!: EpochMs;
  @Column('double precision') value!: number;
}
