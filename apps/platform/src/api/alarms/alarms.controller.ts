import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

import { answers, refuses } from '../docs/responses.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { LiveOverview } from '../live/live-overview.js';
import { personSchema } from '../overrides/override.schema.js';
import { ProblemError } from '../problem/problem.js';
import { AlarmDesk } from './alarm-desk.js';
import { type AlarmDocument, alarmSchema } from './alarm.schema.js';

const acknowledgeRequest = z.strictObject({ by: personSchema });

@ApiTags('alarms')
@Controller('api/v1/alarms')
export class AlarmsController {
  constructor(
    private readonly desk: AlarmDesk,
    private readonly live: LiveOverview,
    private readonly broker: BrokerWatch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Alarms that stand, the most pressing first' })
  @answers(z.object({ alarms: z.array(alarmSchema) }), 'The alarms')
  @refuses()
  async list(): Promise<{ alarms: AlarmDocument[] }> {
    return { alarms: (await this.live.get()).alarms };
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a person has seen an alarm; the first who says it is kept' })
  @answers(alarmSchema, 'The alarm')
  @refuses(400, 404, 415)
  async acknowledge(
    @Param('id') id: string,
    @Body({ schema: acknowledgeRequest }) { by }: z.infer<typeof acknowledgeRequest>,
  ): Promise<AlarmDocument> {
    const alarm = await this.desk.acknowledge(id, by, this.broker.eventNow());
    if (!alarm) throw new ProblemError(404, `No alarm "${id}" stands. GET /api/v1/alarms lists those that do.`);
    await this.live.changed();
    return alarm;
  }
}
