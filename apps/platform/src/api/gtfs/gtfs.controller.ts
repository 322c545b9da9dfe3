import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { encodeRealtime, type RealtimeFeed, type RealtimeFeeds, realtimeJson } from '#libs/transport';

import { refuses } from '../docs/responses.js';
import { ProblemError } from '../problem/problem.js';
import { RealtimeDesk } from './realtime-desk.js';
import { ScheduleDesk } from './schedule-desk.js';
import { isUnchanged } from './unchanged.js';

const FEEDS: Readonly<Record<string, keyof RealtimeFeeds>> = {
  'vehicle-positions': 'vehiclePositions',
  'trip-updates': 'tripUpdates',
  alerts: 'alerts',
};
const FORMATS = ['pb', 'json'] as const;
const FILES = Object.keys(FEEDS).flatMap((feed) => FORMATS.map((format) => `${feed}.${format}`));

/** Pages of any site may read what is for the public. */
const openToPages = (response: Response): void => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
};

interface Bodies {
  readonly pb: () => Buffer;
  readonly json: () => string;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** What spectators' apps read: the schedule of the day, and what has become of it. */
@ApiTags('spectators')
@Controller()
export class GtfsController {
  private readonly bodies = new WeakMap<RealtimeFeed, Bodies>();

  constructor(
    private readonly schedule: ScheduleDesk,
    private readonly realtime: RealtimeDesk,
  ) {}

  @Get('gtfs/schedule.zip')
  @ApiOperation({
    summary: 'GTFS schedule of this service day as planned and of the next by timetable. Ask again with its ETag',
  })
  @ApiProduces('application/zip')
  @ApiOkResponse({ description: 'A GTFS zip', schema: { type: 'string', format: 'binary' } })
  @refuses()
  async zip(@Req() request: Request, @Res() response: Response): Promise<void> {
    openToPages(response);
    // Making the realtime feeds makes the edition that they speak of.
    await this.realtime.get();
    const file = await this.schedule.schedule();
    if (!file) throw new Error('The edition was made, and is not there.');
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('ETag', file.etag);
    response.setHeader('Last-Modified', new Date(file.written).toUTCString());
    if (isUnchanged(request.headers, file.etag, file.written)) response.status(304).end();
    else response.type('application/zip').send(Buffer.from(file.zip));
  }

  @Get('gtfs-rt/:file')
  @ApiOperation({
    summary: `GTFS-Realtime, as protobuf and as the same in JSON: ${FILES.join(', ')}. At most some seconds old`,
  })
  @ApiProduces('application/x-protobuf', 'application/json')
  @ApiOkResponse({ description: 'A FeedMessage', schema: { type: 'string', format: 'binary' } })
  @refuses(404)
  async feed(@Param('file') file: string, @Res() response: Response): Promise<void> {
    const [name = '', format = ''] = file.split('.');
    const kind = FILES.includes(file) ? FEEDS[name] : undefined;
    if (!kind) throw new ProblemError(404, `There is no feed "${file}". The feeds: ${FILES.join(', ')}.`);
    openToPages(response);
    const { pb, json } = this.bodiesOf((await this.realtime.get())[kind]);
    response.setHeader('Cache-Control', 'max-age=3');
    if (format === 'json') response.type('application/json').send(json());
    else response.type('application/x-protobuf').send(pb());
  }

  /** A feed is given out many times while it stands: each of its bodies is made once. */
  private bodiesOf(feed: RealtimeFeed): Bodies {
    let bodies = this.bodies.get(feed);
    if (!bodies) {
      bodies = {
        pb: once(() => Buffer.from(encodeRealtime(feed))),
        json: once(() => JSON.stringify(realtimeJson(feed))),
      };
      this.bodies.set(feed, bodies);
    }
    return bodies;
  }
}
