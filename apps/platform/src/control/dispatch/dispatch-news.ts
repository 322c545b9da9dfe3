import type { Pack } from '#libs/games';
import { type EpochMs, toCivil } from '#libs/kernel';
import { type DispatchContent, type Feed, sayChange, sayRelief } from '#libs/transport';

/** Something that a plan changed, or that people should know of roads and journeys. */
export interface NewsItem {
  readonly at_ms: number;
  readonly text: string;
}

/** News older than this are history; so many are kept. */
const KEPT_MS = 3_600_000;
const KEPT = 30;

/** Fewer who wait too long are not worth a sentence. */
const FEW = 5;

const placeIs = ({ id, stop }: Pack['transport']['depots'][number], place: string): boolean =>
  place === (stop ?? `depot:${id}`);

/** Departures that come or go without a reason of the line's own are news when they are so many. */
const MANY = 3;

const isNews = ({ departures, reasons }: DispatchContent['changes'][number]): boolean =>
  reasons.length > 0 || Math.abs(departures) >= MANY;

/** What the plans of the last hour changed, newest first, in words. The same words are said once. */
export class DispatchNews {
  private items: readonly NewsItem[] = [];

  constructor(
    private readonly pack: Pick<Pack, 'games' | 'transport'>,
    private readonly feed: Pick<Feed, 'lines' | 'stops'>,
  ) {}

  add({ changes, notices, shortage }: Pick<DispatchContent, 'changes' | 'notices' | 'shortage'>, now: EpochMs): void {
    const names = {
      timeZone: this.pack.games.time_zone,
      line: (id: string) => this.feed.lines.get(id)?.route_short_name ?? id,
      group: (id: string) => this.pack.transport.groups.find((group) => group.id === id)?.name ?? id,
    };
    const said = [
      ...notices,
      ...this.sayShortage(shortage),
      ...changes.filter(isNews).map((change) => sayChange(change, names)),
    ];
    const old = this.items.filter(({ at_ms, text }) => at_ms > now - KEPT_MS && at_ms <= now && !said.includes(text));
    this.items = [...said.map((text) => ({ at_ms: now, text })), ...old].slice(0, KEPT);
  }

  /** The worst stretch of people who wait too long, and what would help most. */
  private sayShortage({ unserved, reliefs }: DispatchContent['shortage']): readonly string[] {
    const [worst] = unserved;
    if (!worst || worst.people < FEW) return [];
    const { pack, feed } = this;
    const stop = (id: string): string => feed.stops.get(id)?.stop_name ?? id;
    const clock = (at: EpochMs): string => new Date(toCivil(pack.games.time_zone, at)).toISOString().slice(11, 16);
    const group = pack.transport.groups.find(({ id }) => id === worst.group)?.name ?? worst.group;
    const line = feed.lines.get(worst.line)?.route_short_name ?? worst.line;
    const late = worst.reason === 'late_for_session' ? 'are late for their session' : 'wait too long';
    const depot = (place: string): string =>
      pack.transport.depots.find((one) => placeIs(one, place))?.name ?? stop(place);
    const help = reliefs.slice(0, 1).map((advice) => {
      const { relief } = advice;
      const said =
        relief.kind === 'vehicle' ? { ...advice, relief: { ...relief, place: depot(relief.place) } } : advice;
      return `; ${sayRelief(said, (type) => `${type} vehicle`)}`;
    });
    return [
      `${Math.round(worst.people)} ${group.toLowerCase()} from ${stop(worst.from_stop)} to ${stop(worst.to_stop)} on line ${line} ${late}, ${clock(worst.from_ms)} to ${clock(worst.until_ms)}${help.join('')}`,
    ];
  }

  get latest(): readonly NewsItem[] {
    return this.items;
  }
}
