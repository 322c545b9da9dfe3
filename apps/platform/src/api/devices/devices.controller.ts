import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { epochMs, HOUR_MS, systemClock } from '#libs/kernel';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { answers, refuses } from '../docs/responses.js';
import { PointDirectory } from '../live/point-directory.js';
import { ProblemError } from '../problem/problem.js';
import { deviceDocuments, gatewayDocuments, gatewayListSchema } from './gateway.schema.js';
import { packPoints } from './pack-points.js';
import {
  pointDocument,
  type PointListDocument,
  pointListSchema,
  pointsQuery,
  type PointsQuery,
} from './point.schema.js';
import {
  limitOf,
  rejectedListDocument,
  type RejectedListDocument,
  rejectedListSchema,
  rejectedQuery,
  type RejectedQuery,
} from './rejected.schema.js';

/** What measures, and how far it may be trusted. */
@ApiTags('devices')
@Controller('api/v1')
export class DevicesController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly directory: PointDirectory,
    private readonly broker: BrokerWatch,
  ) {}

  @Get('gateways')
  @ApiOperation({ summary: 'Gateways with their buffers and clocks, and the devices that the platform reads itself' })
  @answers(gatewayListSchema, 'Every gateway and device of the pack, those that were never heard, too')
  @refuses()
  async gateways(): Promise<z.infer<typeof gatewayListSchema>> {
    const { pack, store } = this.context;
    const states = await store.operations.listGatewayStates();
    return { gateways: gatewayDocuments(pack, states), devices: deviceDocuments(pack, states) };
  }

  @Get('points')
  @ApiOperation({ summary: 'Points with their newest value, whether it is fresh, and how far it may be trusted' })
  @answers(pointListSchema, 'Every point of the pack, in its order; or those at a venue, or in a state')
  @refuses(400, 404)
  async points(@Query({ schema: pointsQuery }) { venue, state }: PointsQuery): Promise<PointListDocument> {
    const { pack, store } = this.context;
    if (venue !== undefined && !pack.venues.some(({ id }) => id === venue))
      throw new ProblemError(
        404,
        `There is no venue "${venue}". The venues: ${pack.venues.map(({ id }) => id).join(', ')}.`,
      );
    const rows = (await this.directory.points()).filter((row) => venue === undefined || row.venue === venue);
    const latest = await store.readings.latest(rows.map(({ id }) => id));
    const clock = this.broker.clockView();
    const picture = { points: rows, latest, now: clock.event_ms, clock };
    const all = packPoints(pack, picture).filter((point) => venue === undefined || point.venue === venue);
    const counts = { live: 0, stale: 0, never: 0 };
    for (const point of all) counts[point.state] += 1;
    return {
      now: clock.event_ms,
      counts,
      points: all.filter((point) => state === undefined || point.state === state).map(pointDocument),
    };
  }

  @Get('rejected')
  @ApiOperation({ summary: 'What was not stored, and why: the newest messages, and the last hour by reason' })
  @answers(rejectedListSchema, 'The rejected messages')
  @refuses(400)
  async rejected(@Query({ schema: rejectedQuery }) query: RejectedQuery): Promise<RejectedListDocument> {
    const { operations } = this.context.store;
    const [counts, messages] = await Promise.all([
      operations.countRejected(epochMs(systemClock.now() - HOUR_MS)),
      operations.listRejected(limitOf(query)),
    ]);
    return rejectedListDocument(counts, messages);
  }
}
