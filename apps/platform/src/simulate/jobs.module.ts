import { Module } from '@nestjs/common';

import { JobQueue } from './job-queue.js';

/** One queue a process, for the role that adds jobs and the one that takes them. */
@Module({ providers: [JobQueue], exports: [JobQueue] })
export class JobsModule {}
