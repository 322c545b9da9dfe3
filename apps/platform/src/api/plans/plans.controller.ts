import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { LiveOverview } from '../live/live-overview.js';
import { PlanDesk } from './plan-desk.js';
import * as schema from './plan.schema.js';

const DEFAULT_LIMIT = 50;

@ApiTags('plans')
@Controller('api/v1')
export class PlansController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly desk: PlanDesk,
    private readonly broker: BrokerWatch,
    private readonly live: LiveOverview,
  ) {}

  @Get('plans')
  @ApiOperation({ summary: 'Plans, newest first, without their content' })
  @answers(schema.planListSchema, 'The plans')
  @refuses(400)
  async list(
    @Query({ schema: schema.planQuery }) { kind, state, was_active, limit }: schema.PlanQuery,
  ): Promise<{ plans: schema.PlanHeadDocument[] }> {
    const filter = {
      ...(kind && { kind }),
      ...(state && { state }),
      wasActive: was_active === 'true',
      limit: limit ?? DEFAULT_LIMIT,
    };
    const plans = await this.context.store.plans.list(filter);
    return { plans: plans.map((plan) => schema.planHeadDocument(plan, this.broker.eventNow())) };
  }

  @Get('plans/:id')
  @ApiOperation({ summary: 'A plan with what it was made from, its life and what came of it' })
  @answers(schema.planSchema, 'The plan')
  @refuses(404)
  async get(@Param('id') id: string): Promise<schema.PlanDocument> {
    const plan = await this.desk.getPlan(id);
    const [events, outcomes] = await Promise.all([
      this.context.store.plans.events(id),
      this.context.store.operations.listOutcomes(id),
    ]);
    return {
      ...schema.planHeadDocument(plan, this.broker.eventNow()),
      problem: plan.problem,
      content: plan.content,
      events: schema.planEventDocuments(events),
      outcomes: schema.outcomeDocuments(outcomes),
    };
  }

  @Post('plans/:id/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve a proposed plan; control makes it active within a second' })
  @answers(schema.planHeadSchema, 'The plan, approved')
  @refuses(400, 404, 409, 415)
  async approve(
    @Param('id') id: string,
    @Body({ schema: schema.approveRequest }) { by }: schema.ApproveRequest,
  ): Promise<schema.PlanHeadDocument> {
    await this.desk.move(id, 'approve', by, null);
    return this.afterwards(id);
  }

  @Post('plans/:id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reject a proposed plan, with a reason' })
  @answers(schema.planHeadSchema, 'The plan, rejected')
  @refuses(400, 404, 409, 415)
  async reject(
    @Param('id') id: string,
    @Body({ schema: schema.rejectRequest }) { by, reason }: schema.RejectRequest,
  ): Promise<schema.PlanHeadDocument> {
    await this.desk.move(id, 'reject', by, reason);
    return this.afterwards(id);
  }

  @Post('plans/:id/rollback')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make this earlier plan active again; new ones wait for a person until the hold ends' })
  @answers(schema.planHeadSchema, 'The plan, active again')
  @refuses(400, 404, 409, 415)
  async rollBack(
    @Param('id') id: string,
    @Body({ schema: schema.rollbackRequest }) request: schema.RollbackRequest,
  ): Promise<schema.PlanHeadDocument> {
    await this.desk.rollBack(id, request);
    return this.afterwards(id);
  }

  @Delete('holds/:kind')
  @HttpCode(204)
  @ApiOperation({ summary: 'End the hold of a roll-back: new plans of the kind follow their policy again' })
  @ApiNoContentResponse({ description: 'No hold stands' })
  @refuses(400)
  async resume(@Param('kind', { schema: schema.kindSchema }) kind: 'dispatch' | 'energy'): Promise<void> {
    await this.desk.resume(kind);
    await this.live.changed();
  }

  private async afterwards(id: string): Promise<schema.PlanHeadDocument> {
    await this.live.changed();
    return schema.planHeadDocument(await this.desk.getPlan(id), this.broker.eventNow());
  }
}
