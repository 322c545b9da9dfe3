import { Module } from '@nestjs/common';

import { JobsModule } from './jobs.module.js';
import { SimulateRole } from './simulate-role.js';

/** The role that runs what-if days, one at a time. Any number of processes may have it, on any machine that reaches the database. */
@Module({ imports: [JobsModule], providers: [SimulateRole] })
export class SimulateModule {}
