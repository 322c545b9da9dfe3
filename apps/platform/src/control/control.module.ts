import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { JobsModule } from '../simulate/jobs.module.js';
import { ControlRole } from './control-role.js';

/** The role that plans and commands. Any number of processes may have it; one leads. */
@Module({ imports: [ScheduleModule.forRoot(), JobsModule], providers: [ControlRole] })
export class ControlModule {}
