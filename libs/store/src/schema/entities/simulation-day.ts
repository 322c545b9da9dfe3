import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { SimulationRunEntity } from './simulation-run.js';

@Entity('simulation_day')
export class SimulationDayEntity {
  @PrimaryColumn('text') run!: string;
  @PrimaryColumn('text') policy!: string;
  @PrimaryColumn('integer') replication!: number;
  @Column('json') indicators!: Readonly<Record<string, number>>;
  @Column('json', { nullable: true }) samples!: unknown;
  @ManyToOne(() => SimulationRunEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'run', foreignKeyConstraintName: 'simulation_day_run_fkey' })
  owner!: Relation<SimulationRunEntity>;
}
