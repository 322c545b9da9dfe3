/** A pattern as passengers use it. */
export interface TransitPattern {
  readonly line: string;
  /** Unique in the network. */
  readonly pattern: string;
  /** Departures in an hour; 0 where none leave. */
  readonly perHour: number;
  /** In order; seconds from departure never fall. */
  readonly stops: readonly { readonly stop: string; readonly offsetS: number }[];
}

/** A way on foot from one stop to another. */
export interface Walk {
  readonly fromStop: string;
  readonly toStop: string;
  readonly seconds: number;
}

export interface TransitInputs {
  /** Stops that demand may name beside those of the patterns and walks. */
  readonly stops?: Iterable<string>;
  readonly patterns: readonly TransitPattern[];
  readonly walks: readonly Walk[];
  /** Mean wait in headways: 0.5 where vehicles come evenly, 1 where they come at random. */
  readonly waitInHeadways: number;
}

/**
 * Stops and calls as nodes: stop s is node s, call c is node `stops.length` + c and means "on board, at this call". A pattern's calls follow one
 * another. Links between them, with times in seconds: boarding (stop to call, with a wait), riding (call to the next one), alighting
 * (call to stop, in no time) and walking (stop to stop).
 */
export interface TransitNetwork {
  readonly stops: readonly string[];
  readonly stopIndex: ReadonlyMap<string, number>;
  readonly patterns: readonly TransitPattern[];
  readonly callStop: Int32Array;
  readonly callPattern: Int32Array;
  /** To the pattern's next call; Infinity at its last. */
  readonly rideS: Float64Array;
  /** Of boarding: who waits for this call alone waits 1 / rate seconds in the mean. 0 where nobody can board: at last calls, and where nothing leaves. */
  readonly callRate: Float64Array;
  /** Calls by stop: those of stop s are `calls[firstCall[s]]` to `calls[firstCall[s + 1] - 1]`. */
  readonly firstCall: Int32Array;
  readonly calls: Int32Array;
  readonly walkFrom: Int32Array;
  readonly walkTo: Int32Array;
  readonly walkS: Float64Array;
  /** Walks by the stop that they lead to, as calls by stop. */
  readonly firstWalk: Int32Array;
  readonly walks: Int32Array;
}

/** Throws on a negative frequency, a time that falls along a pattern, a negative walk, or a wait that is not positive. */
export const buildTransitNetwork = ({
  stops: named = [],
  patterns,
  walks,
  waitInHeadways,
}: TransitInputs): TransitNetwork => {
  if (!(waitInHeadways > 0)) throw new Error(`The wait must be more than 0 headways, not ${waitInHeadways}.`);
  const stopIndex = new Map<string, number>();
  const indexOf = (stop: string): number => {
    const index = stopIndex.get(stop) ?? stopIndex.size;
    stopIndex.set(stop, index);
    return index;
  };
  for (const stop of named) indexOf(stop);
  const calls = patterns.flatMap((pattern, index) =>
    pattern.stops.map(({ stop, offsetS }, place) => {
      const next = pattern.stops[place + 1];
      const perSecond = pattern.perHour / 3600 / waitInHeadways;
      return {
        stop: indexOf(stop),
        pattern: index,
        rideS: next
          ? requireTime(next.offsetS - offsetS, `pattern ${pattern.pattern} from ${stop} to ${next.stop}`)
          : Infinity,
        rate: next ? requireTime(perSecond, `the frequency of pattern ${pattern.pattern}`) : 0,
      };
    }),
  );
  const ways = walks.map(({ fromStop, toStop, seconds }) => ({
    from: indexOf(fromStop),
    to: indexOf(toStop),
    seconds: requireTime(seconds, `the walk from ${fromStop} to ${toStop}`),
  }));
  const byStop = group(
    calls.map(({ stop }) => stop),
    stopIndex.size,
  );
  const byEnd = group(
    ways.map(({ to }) => to),
    stopIndex.size,
  );
  return {
    stops: [...stopIndex.keys()],
    stopIndex,
    patterns,
    callStop: Int32Array.from(calls, ({ stop }) => stop),
    callPattern: Int32Array.from(calls, ({ pattern }) => pattern),
    rideS: Float64Array.from(calls, ({ rideS }) => rideS),
    callRate: Float64Array.from(calls, ({ rate }) => rate),
    firstCall: byStop.first,
    calls: byStop.members,
    walkFrom: Int32Array.from(ways, ({ from }) => from),
    walkTo: Int32Array.from(ways, ({ to }) => to),
    walkS: Float64Array.from(ways, ({ seconds }) => seconds),
    firstWalk: byEnd.first,
    walks: byEnd.members,
  };
};

const requireTime = (value: number, what: string): number => {
  if (value >= 0 && Number.isFinite(value)) return value;
  throw new Error(`Found ${value} for ${what}. It must be 0 or more.`);
};

/** Indices by key: those of key k are `members[first[k]]` to `members[first[k + 1] - 1]`, in order. */
const group = (
  keys: readonly number[],
  count: number,
): { readonly first: Int32Array; readonly members: Int32Array } => {
  const members = Int32Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  const sizes = new Int32Array(count + 1);
  for (const key of keys) sizes[key + 1] = (sizes[key + 1] ?? 0) + 1;
  let sum = 0;
  return { first: sizes.map((size) => (sum += size)), members };
};
