import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';

const roadListSchema = z.object({
  roads: z.array(z.object({ name: z.string(), links: z.array(z.string()), length_m: z.number() })),
});
type RoadList = z.infer<typeof roadListSchema>;

@ApiTags('roads')
@Controller('api/v1/roads')
export class RoadsController {
  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  @Get()
  @ApiOperation({ summary: 'Roads of the pack that have a name: those that an override can close' })
  @answers(roadListSchema, 'By name; empty for a pack without roads')
  @refuses()
  list(): RoadList {
    const roads = new Map<string, { name: string; links: string[]; length_m: number }>();
    for (const { id, name, lengthM } of this.context.pack.roads?.links ?? []) {
      if (name === undefined) continue;
      const road = roads.get(name) ?? { name, links: [], length_m: 0 };
      road.links.push(id);
      road.length_m += lengthM;
      roads.set(name, road);
    }
    return { roads: [...roads.values()].sort((a, b) => a.name.localeCompare(b.name)) };
  }
}
