import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { ProblemError } from '../problem/problem.js';
import { LivePictureReader } from './live-picture-reader.js';
import { lineLive } from './vehicle-documents.js';
import { type LineLiveDocument, lineLiveSchema } from './vehicle.schema.js';

@ApiTags('vehicles')
@Controller('api/v1/lines')
export class LineLiveController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly pictures: LivePictureReader,
    private readonly broker: BrokerWatch,
  ) {}

  @Get(':id/live')
  @ApiOperation({ summary: 'A line as it runs: planned against actual departures, headways, delays' })
  @answers(lineLiveSchema, 'The last hour, and now')
  @refuses(404)
  async get(@Param('id') id: string): Promise<LineLiveDocument> {
    const lines = this.context.pack.transport.lines.map((line) => line.id);
    if (!lines.includes(id)) throw new ProblemError(404, `There is no line "${id}". The lines: ${lines.join(', ')}.`);
    return lineLive(id, await this.pictures.read(), this.broker.eventNow());
  }
}
