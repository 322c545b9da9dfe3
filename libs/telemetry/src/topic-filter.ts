/** Longest topic or filter of MQTT, bytes of UTF-8. */
const MAX_BYTES = 65_535;

/** Whether a text is an MQTT topic filter: `+` and `#` stand alone in their level, `#` only at the end (MQTT 3.1.1, 4.7). */
export const isTopicFilter = (text: string): boolean => {
  if (text === '' || text.includes('\0') || Buffer.byteLength(text) > MAX_BYTES) return false;
  const levels = text.split('/');
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1;
    return level === '+' || !(level.includes('+') || level.includes('#'));
  });
};

/** What a filter, or the rest of one, leads to. Wildcards are fields and not keys, so a `+` or `#` in a topic's own name matches nothing by it. */
interface Level<T> {
  readonly next: Map<string, Level<T>>;
  /** Below `+`. */
  single: Level<T> | undefined;
  /** Filters that end here. */
  readonly here: T[];
  /** Filters that end in `#` here. */
  readonly below: T[];
}

const createLevel = <T>(): Level<T> => ({ next: new Map(), single: undefined, here: [], below: [] });

const collect = <T>(level: Level<T>, topic: string, start: number, found: T[]): void => {
  const wild = start > 0 || !topic.startsWith('$');
  if (wild && level.below.length > 0) found.push(...level.below);
  const slash = topic.indexOf('/', start);
  const name = slash === -1 ? topic.slice(start) : topic.slice(start, slash);
  const named = level.next.get(name);
  if (named) step(named, topic, slash, found);
  if (wild && level.single) step(level.single, topic, slash, found);
};

const step = <T>(level: Level<T>, topic: string, slash: number, found: T[]): void => {
  if (slash !== -1) {
    collect(level, topic, slash + 1, found);
    return;
  }
  // `a/#` takes `a` too.
  found.push(...level.here, ...level.below);
};

/**
 * Things by MQTT topic filter. Looking up takes about as many steps as the topic has levels, however many filters there are, and
 * never more than the longest filter has. Topics of `$` are matched only by filters that name their first level.
 */
export class FilterIndex<T> {
  readonly #root = createLevel<T>();

  /** Throws a RangeError when `filter` is none. */
  add(filter: string, value: T): void {
    if (!isTopicFilter(filter)) throw new RangeError(`${JSON.stringify(filter)} is no MQTT topic filter.`);
    let level = this.#root;
    for (const name of filter.split('/')) {
      if (name === '#') {
        level.below.push(value);
        return;
      }
      const next: Level<T> = (name === '+' ? level.single : level.next.get(name)) ?? createLevel<T>();
      if (name === '+') level.single = next;
      else level.next.set(name, next);
      level = next;
    }
    level.here.push(value);
  }

  /** Everything whose filter matches a topic, each once for each of its filters. */
  find(topic: string): readonly T[] {
    const found: T[] = [];
    collect(this.#root, topic, 0, found);
    return found;
  }
}

/** Whether a filter matches a topic. For many filters use a FilterIndex. Throws a RangeError when `filter` is none. */
export const matchesFilter = (filter: string, topic: string): boolean => {
  const index = new FilterIndex<true>();
  index.add(filter, true);
  return index.find(topic).length > 0;
};
