import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';

import { answers, refuses } from '../docs/responses.js';
import { ProblemError } from '../problem/problem.js';
import { EventStream } from './event-stream.js';
import { LiveOverview } from './live-overview.js';
import { type Overview, overviewSchema } from './overview.schema.js';

@ApiTags('overview')
@Controller('api/v1')
export class OverviewController {
  constructor(
    private readonly live: LiveOverview,
    private readonly stream: EventStream,
  ) {}

  @Get('overview')
  @ApiOperation({ summary: 'The whole picture: venues, lines, plans, alarms. Made once a second for everyone' })
  @answers(overviewSchema, 'The overview')
  @refuses()
  overview(): Promise<Overview> {
    return this.live.get();
  }

  @Get('stream')
  @ApiOperation({
    summary: 'Server-sent events: `overview` about once a second, `degraded` while the database is away',
  })
  @ApiOkResponse({ description: 'text/event-stream; data is an overview', content: { 'text/event-stream': {} } })
  @refuses()
  open(@Res() response: Response): void {
    if (!this.stream.open(response))
      throw new ProblemError(503, 'Too many pages listen already. Close some, or ask for /api/v1/overview instead.');
  }
}
