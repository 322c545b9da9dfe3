import type { Pack } from '#libs/games';
import type { EpochMs } from '#libs/kernel';
import { type DispatchContent, type Feed, sayChange } from '#libs/transport';

/** Something that a plan changed, or that people should know of the roads. */
export interface NewsItem {
  readonly at_ms: number;
  readonly text: string;
}

/** News older than this are history; so many are kept. */
const KEPT_MS = 3_600_000;
const KEPT = 30;

/** Departures that come or go without a reason of the line's own are news when they are so many. */
const MANY = 3;

const isNews = ({ departures, reasons }: DispatchContent['changes'][number]): boolean =>
  reasons.length > 0 || Math.abs(departures) >= MANY;

/** What the plans of the last hour changed, newest first, in words. The same words are said once. */
export class DispatchNews {
  private items: readonly NewsItem[] = [];

  constructor(
    private readonly pack: Pick<Pack, 'games' | 'transport'>,
    private readonly feed: Pick<Feed, 'lines'>,
  ) {}

  add({ changes, notices }: Pick<DispatchContent, 'changes' | 'notices'>, now: EpochMs): void {
    const names = {
      timeZone: this.pack.games.time_zone,
      line: (id: string) => this.feed.lines.get(id)?.route_short_name ?? id,
      group: (id: string) => this.pack.transport.groups.find((group) => group.id === id)?.name ?? id,
    };
    const said = [...notices, ...changes.filter(isNews).map((change) => sayChange(change, names))];
    const old = this.items.filter(({ at_ms, text }) => at_ms > now - KEPT_MS && at_ms <= now && !said.includes(text));
    this.items = [...said.map((text) => ({ at_ms: now, text })), ...old].slice(0, KEPT);
  }

  get latest(): readonly NewsItem[] {
    return this.items;
  }
}
