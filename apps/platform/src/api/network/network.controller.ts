import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { livePatterns, readPackFeed } from '#libs/transport';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';
import { LineNames } from '../live/line-names.js';

const place = z.tuple([z.number(), z.number()]).describe('Latitude, longitude');
const networkSchema = z.object({
  lines: z.array(
    z.object({ id: z.string(), name: z.string(), color: z.string().nullable().describe('RRGGBB of the feed') }),
  ),
  patterns: z.array(z.object({ id: z.string(), line: z.string(), way: z.array(place), stops: z.array(z.string()) })),
  stops: z.array(z.object({ id: z.string(), name: z.string(), lat: z.number(), lon: z.number() })),
});
type Network = z.infer<typeof networkSchema>;

/** Millionths of a degree are a decimetre: more digits are only bytes. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** What a map of the lines shows. It does not change while the program runs. */
@ApiTags('lines')
@Controller('api/v1/network')
export class NetworkController {
  private readonly network: Network;

  constructor(@Inject(CONTEXT) { pack }: PlatformContext, names: LineNames) {
    const read = readPackFeed(pack);
    if (!read.ok) throw new Error("The pack's GTFS feed cannot be read.");
    const feed = read.value;
    const lines = pack.transport.lines.map(({ id }) => id);
    const patterns = [...livePatterns(feed).values()].filter(({ path }) => lines.includes(path.line));
    const called = new Set(patterns.flatMap(({ path }) => path.stops.map(({ stop }) => stop)));
    this.network = {
      lines: lines.map((id) => ({ id, name: names.lineName(id), color: feed.lines.get(id)?.route_color ?? null })),
      patterns: patterns.map(({ path: { pattern: id, line, points, plane, stops } }) => ({
        id,
        line,
        way: points.map((point) => {
          const { lat, lon } = plane.toLatLon(point);
          return [rounded(lat), rounded(lon)];
        }),
        stops: stops.map(({ stop }) => stop),
      })),
      stops: [...called].flatMap((id) => {
        const { stop_lat: lat, stop_lon: lon } = feed.stops.get(id) ?? {};
        return lat === undefined || lon === undefined ? [] : [{ id, name: names.stopName(id), lat, lon }];
      }),
    };
  }

  @Get()
  @ApiOperation({ summary: 'Lines, the ways of their patterns and their stops, for a map' })
  @answers(networkSchema, 'The network')
  @refuses()
  get(): Network {
    return this.network;
  }
}
