import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { listPackPoints, type Venue } from '#libs/games';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { packPoints } from '../devices/pack-points.js';
import { answers, refuses } from '../docs/responses.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { LineNames } from '../live/line-names.js';
import { LiveOverview } from '../live/live-overview.js';
import type { VenueGlance } from '../live/overview.schema.js';
import { PictureReader } from '../live/picture-reader.js';
import { PointDirectory } from '../live/point-directory.js';
import { venueGlances } from '../live/venue-glances.js';
import { ProblemError } from '../problem/problem.js';
import { seriesDocument } from './series-document.js';
import { seriesQuery, type SeriesQuery, seriesWindow } from './series-window.js';
import { venueDocument } from './venue-document.js';
import { type SeriesDocument, seriesSchema, type VenueDocument, venueListSchema, venueSchema } from './venue.schema.js';

@ApiTags('venues')
@Controller('api/v1/venues')
export class VenuesController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly live: LiveOverview,
    private readonly reader: PictureReader,
    private readonly names: LineNames,
    private readonly directory: PointDirectory,
    private readonly broker: BrokerWatch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Venues with their latest load, PV, battery and grid power' })
  @answers(venueListSchema, 'Every venue of the event, in the order of its pack')
  @refuses()
  async list(): Promise<{ venues: VenueGlance[] }> {
    return { venues: (await this.live.get()).venues };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A venue with its points and its part of the active energy plan' })
  @answers(venueSchema, 'The venue')
  @refuses(404)
  async get(@Param('id') id: string): Promise<VenueDocument> {
    const venue = this.getVenue(id);
    const picture = await this.reader.read();
    const points = packPoints(this.context.pack, picture).filter((point) => point.venue === id);
    const [glance] = venueGlances({ venues: [venue] }, picture, points);
    if (!glance) throw new Error(`Venue ${id} has no glance.`);
    return venueDocument(venue, glance, { points, plan: picture.energy.plan }, (stop) => this.names.stopName(stop));
  }

  @Get(':id/series')
  @ApiOperation({ summary: 'Readings of a point in equal steps; the last 24 event-hours when no time is given' })
  @answers(seriesSchema, 'The series')
  @refuses(400, 404)
  async series(@Param('id') id: string, @Query({ schema: seriesQuery }) query: SeriesQuery): Promise<SeriesDocument> {
    this.getVenue(id);
    const points = listPackPoints(this.context.pack).flatMap(({ venue, point }) => (venue === id ? [point] : []));
    if (!points.some((point) => point.id === query.point))
      throw new ProblemError(
        404,
        `Venue ${id} has no point "${query.point}". Its points: ${points.map((point) => point.id).join(', ')}.`,
      );
    const window = seriesWindow(query, this.broker.eventNow());
    if (!window.ok) throw new ProblemError(400, window.error);
    const row = await this.directory.find(id, query.point);
    if (!row) throw new Error(`Point ${query.point} of venue ${id} is in the pack but not in the database.`);
    const { from, to, stepSeconds } = window.value;
    const steps = await this.context.store.readings.series(row.id, from, to, stepSeconds * 1000);
    return seriesDocument(row, window.value, steps);
  }

  private getVenue(id: string): Venue {
    const { venues } = this.context.pack;
    const venue = venues.find((entry) => entry.id === id);
    if (!venue)
      throw new ProblemError(
        404,
        `There is no venue "${id}". The venues: ${venues.map((entry) => entry.id).join(', ')}.`,
      );
    return venue;
  }
}
