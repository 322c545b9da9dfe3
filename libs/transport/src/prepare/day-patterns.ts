import type { Pack } from '#libs/games';
import { type SlotGrid, toCivil } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import { civilDay, servicesOn } from '../gtfs/service-days.js';
import { findPattern, type Pattern, patternsOf } from './patterns.js';

/** The patterns of a pack's lines on a grid's civil day. */
export interface DayPatterns {
  /** Of each line the pattern that stands for it: people's additions drive it. */
  readonly main: ReadonlyMap<string, Pattern>;
  /** All that run: with service on the day, each line's main one, and those that the pack allows. By line, in the order of the pack. */
  readonly all: readonly Pattern[];
  /** Every pattern of the feed, by id. */
  readonly known: ReadonlyMap<string, Pattern>;
}

/** Throws where the pack names a line that the feed lacks: `checkNetwork` tells that before. */
export const listDayPatterns = (
  { games, transport }: Pick<Pack, 'games' | 'transport'>,
  feed: Feed,
  grid: SlotGrid,
): DayPatterns => {
  const patterns = patternsOf(feed);
  const day = civilDay(toCivil(games.time_zone, grid.start));
  const services = servicesOn(feed, day);
  const main = new Map<string, Pattern>();
  const all = transport.lines.flatMap(({ id }) => {
    const chosen = findPattern(feed, patterns, id, day);
    if (!chosen) throw new Error(`Line ${id} is not in the feed. Run \`venueflow games check\` on the pack.`);
    main.set(id, chosen);
    return patterns.filter(
      (pattern) =>
        pattern === chosen ||
        (pattern.line === id &&
          pattern.trips.some(({ service, pattern: named }) => named !== undefined || services.has(service))),
    );
  });
  return { main, all, known: new Map(patterns.map((pattern) => [pattern.id, pattern])) };
};

export const firstStop = ({ stops }: Pick<Pattern, 'stops'>): string => stops[0]?.stop ?? '';
export const lastStop = ({ stops }: Pick<Pattern, 'stops'>): string => stops.at(-1)?.stop ?? '';
