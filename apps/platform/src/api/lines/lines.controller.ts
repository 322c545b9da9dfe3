import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';
import { lineGlances } from '../live/line-glances.js';
import { LineNames } from '../live/line-names.js';
import { LiveOverview } from '../live/live-overview.js';
import { nextDepartures } from '../live/next-departures.js';
import type { LineGlance } from '../live/overview.schema.js';
import { PictureReader } from '../live/picture-reader.js';
import { ProblemError } from '../problem/problem.js';
import { type LineDocument, lineListSchema, lineSchema } from './line.schema.js';

@ApiTags('lines')
@Controller('api/v1/lines')
export class LinesController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly live: LiveOverview,
    private readonly reader: PictureReader,
    private readonly names: LineNames,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lines with their next departures and queues' })
  @answers(lineListSchema, 'Every line of the event, in the order of its pack')
  @refuses()
  async list(): Promise<{ lines: LineGlance[] }> {
    return { lines: (await this.live.get()).lines };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A line with all planned departures and its queue over the horizon' })
  @answers(lineSchema, 'The line')
  @refuses(404)
  async get(@Param('id') id: string): Promise<LineDocument> {
    const { transport } = this.context.pack;
    const line = transport.lines.find((entry) => entry.id === id);
    if (!line)
      throw new ProblemError(
        404,
        `There is no line "${id}". The lines: ${transport.lines.map((entry) => entry.id).join(', ')}.`,
      );
    const picture = await this.reader.read();
    const glance = lineGlances(this.context.pack, picture, (name) => this.names.lineName(name)).find(
      (l) => l.id === id,
    );
    if (!glance) throw new Error(`Line ${id} has no glance.`);
    const { plan } = picture.dispatch;
    const planned = plan?.content.lines.find((entry) => entry.line === id);
    return {
      ...glance,
      rides: line.rides.map(({ from, to, share }) => ({ from, to, share })),
      departures: nextDepartures(picture, id),
      plan:
        plan && planned
          ? {
              id: plan.id,
              start_ms: plan.content.grid.start,
              slot_ms: plan.content.grid.slotMs,
              departures: [...planned.departures],
              queue: [...planned.queue],
            }
          : null,
    };
  }
}
