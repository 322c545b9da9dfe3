import { randomUUID } from 'node:crypto';

import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Override } from '#libs/store';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { LiveOverview } from '../live/live-overview.js';
import { ProblemError } from '../problem/problem.js';
import { checkOverride } from './check-override.js';
import type { Standing } from './override-rules.js';
import {
  type OverrideDocument,
  overrideDocument,
  type OverrideRequest,
  overrideRequestSchema,
  overrideSchema,
} from './override.schema.js';

/** More at once is no longer an exception to the plan. */
const MOST = 200;

@ApiTags('overrides')
@Controller('api/v1/overrides')
export class OverridesController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly broker: BrokerWatch,
    private readonly live: LiveOverview,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Overrides that are not over' })
  @answers(z.object({ overrides: z.array(overrideSchema) }), 'The overrides')
  @refuses()
  async list(): Promise<{ overrides: OverrideDocument[] }> {
    const overrides = await this.context.store.operations.listOverrides(this.broker.eventNow());
    return { overrides: overrides.map(overrideDocument) };
  }

  @Post()
  @ApiOperation({
    summary:
      'Override a plan until an end time: a setpoint, a departure, a vehicle, a road, an outage, or a transfer switch; control follows it within a second',
  })
  @answers(overrideSchema, 'The override', 201)
  @refuses(400, 409, 415)
  async add(@Body({ schema: overrideRequestSchema }) request: OverrideRequest): Promise<OverrideDocument> {
    const { operations } = this.context.store;
    const now = this.broker.eventNow();
    const standing = { overrides: await operations.listOverrides(now), positionOf: await this.positions() };
    const checked = checkOverride(request, this.context.pack, now, standing);
    if (!checked.ok) {
      const said = checked.error.map(({ message }) => message).join(' ');
      throw new ProblemError(400, said, checked.error);
    }
    if (standing.overrides.length >= MOST)
      throw new ProblemError(409, `${MOST} overrides stand already. End some first.`);
    const { kind, target, by, reason } = request;
    const override: Override = { id: randomUUID(), kind, target, ...checked.value, by, reason, ended: null };
    await operations.addOverride(override);
    await this.live.changed();
    return overrideDocument(override);
  }

  private async positions(): Promise<Standing['positionOf']> {
    const { venues } = await this.live.get();
    return (venue, name) => {
      const switches = venues.find(({ id }) => id === venue)?.switches;
      return switches?.find(({ id }) => id === name)?.position ?? undefined;
    };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End an override now: the plan has its say again' })
  @ApiNoContentResponse({ description: 'It has ended' })
  @refuses(404)
  async end(@Param('id') id: string): Promise<void> {
    if (!(await this.context.store.operations.endOverride(id, this.broker.eventNow())))
      throw new ProblemError(404, `No override "${id}" stands. GET /api/v1/overrides lists those that do.`);
    await this.live.changed();
  }
}
