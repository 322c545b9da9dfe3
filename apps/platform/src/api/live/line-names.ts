import { Inject, Injectable } from '@nestjs/common';
import { readPackFeed } from '#libs/transport';

import { CONTEXT, type PlatformContext } from '../../context.js';

const firstNamed = (...names: readonly (string | undefined)[]): string => names.find((name) => name) ?? '';

/** What the feed calls lines and stops; their ids where it is silent. */
@Injectable()
export class LineNames {
  private readonly lines = new Map<string, string>();
  private readonly stops = new Map<string, string>();

  constructor(@Inject(CONTEXT) { pack }: PlatformContext) {
    const feed = readPackFeed(pack);
    if (!feed.ok) return;
    for (const [id, route] of feed.value.lines)
      this.lines.set(id, firstNamed(route.route_long_name, route.route_short_name, id));
    for (const [id, stop] of feed.value.stops) this.stops.set(id, firstNamed(stop.stop_name, id));
  }

  lineName(id: string): string {
    return this.lines.get(id) ?? id;
  }

  stopName(id: string): string {
    return this.stops.get(id) ?? id;
  }
}
