import { Body, Controller, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isSession } from '#libs/games';
import { epochMs } from '#libs/kernel';
import { sessionStateMessage } from '#libs/telemetry';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { refuses } from '../docs/responses.js';
import { LiveOverview } from '../live/live-overview.js';
import { personSchema } from '../overrides/override.schema.js';
import { ProblemError } from '../problem/problem.js';

const stateRequestSchema = z.strictObject({
  state: sessionStateMessage.shape.state,
  expected_end_ms: z.number().int().min(0).optional().describe('When it is expected to end, or ended; event time'),
  by: personSchema,
});
type StateRequest = z.infer<typeof stateRequestSchema>;

@ApiTags('sessions')
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly broker: BrokerWatch,
    private readonly live: LiveOverview,
  ) {}

  @Put(':id/state')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say how a session really goes: what its venue may say over MQTT as well' })
  @ApiNoContentResponse({ description: 'Kept; the next dispatch plan knows it' })
  @refuses(400, 404, 415)
  async put(@Param('id') session: string, @Body({ schema: stateRequestSchema }) request: StateRequest): Promise<void> {
    const { pack, store } = this.context;
    const venue = pack.venues.find(({ id }) => isSession(pack, id, session))?.id;
    if (venue === undefined)
      throw new ProblemError(404, `There is no session "${session}". GET /api/v1/overview lists the next ones.`);
    const { state, expected_end_ms, by } = request;
    const expectedEnd = expected_end_ms === undefined ? null : epochMs(expected_end_ms);
    await store.operations.saveSessionStates([{ venue, session, state, expectedEnd, by, ts: this.broker.eventNow() }]);
    await this.live.changed();
  }
}
