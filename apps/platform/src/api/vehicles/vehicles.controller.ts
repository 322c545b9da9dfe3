import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { ProblemError } from '../problem/problem.js';
import { LivePictureReader } from './live-picture-reader.js';
import { vehicleDocuments, vehicleList } from './vehicle-documents.js';
import {
  type TrackDocument,
  trackSchema,
  type VehicleDocument,
  type VehicleListDocument,
  vehicleListSchema,
  vehicleSchema,
} from './vehicle.schema.js';

const MOST_POSITIONS = 2_000;

const trackQuery = z.strictObject({
  minutes: z.coerce.number().int().min(1).max(1_440).default(60).describe('Event time back from now'),
});

@ApiTags('vehicles')
@Controller('api/v1/vehicles')
export class VehiclesController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly pictures: LivePictureReader,
    private readonly broker: BrokerWatch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Vehicles where they are, with what is expected of them and what is wrong' })
  @answers(vehicleListSchema, 'Every vehicle that was heard in the last two hours, by name')
  @refuses()
  async list(): Promise<VehicleListDocument> {
    return vehicleList(await this.pictures.read(), this.broker.eventNow());
  }

  @Get(':id')
  @ApiOperation({ summary: 'A vehicle with its trip, its arrivals and its delay' })
  @answers(vehicleSchema, 'The vehicle')
  @refuses(404)
  async get(@Param('id') id: string): Promise<VehicleDocument> {
    const documents = vehicleDocuments(await this.pictures.read(), this.broker.eventNow());
    const found = documents.find(({ vehicle }) => vehicle === id);
    if (!found)
      throw new ProblemError(
        404,
        `Nothing was heard of a vehicle "${id}" lately. GET /api/v1/vehicles lists those that were heard.`,
      );
    return found;
  }

  @Get(':id/track')
  @ApiOperation({ summary: 'Where a vehicle was; the newest 2,000 positions at most' })
  @answers(trackSchema, 'Its positions in time order, as it sent them')
  @refuses(400)
  async track(
    @Param('id') vehicle: string,
    @Query({ schema: trackQuery }) { minutes }: z.infer<typeof trackQuery>,
  ): Promise<TrackDocument> {
    const now = this.broker.eventNow();
    const { positions } = this.context.store;
    const rows = await positions.track(
      vehicle,
      epochMs(now - minutes * MINUTE_MS),
      epochMs(now + HOUR_MS),
      MOST_POSITIONS,
    );
    return { vehicle, positions: rows.map(({ vehicle: _same, ...position }) => position) };
  }
}
