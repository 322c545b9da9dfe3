export interface FlowArc {
  readonly from: string;
  readonly to: string;
  readonly kw: number;
}

/** Less than this, kW, is not worth a way. */
const LEAST = 1e-9;

/** The most that flows from one place to another (Ford and Fulkerson 1956, by shortest ways), and what of it goes from one place to the next. Arcs of less than nothing carry nothing. */
export const mostFlow = (
  arcs: readonly FlowArc[],
  source: string,
  sink: string,
): { readonly kw: number; readonly between: (from: string, to: string) => number } => {
  const left = new Map<string, Map<string, number>>();
  const add = (from: string, to: string, kw: number): void => {
    const own = left.get(from) ?? new Map<string, number>();
    left.set(from, own.set(to, (own.get(to) ?? 0) + kw));
  };
  for (const { from, to, kw } of arcs) {
    add(from, to, Math.max(0, kw));
    add(to, from, 0);
  }
  let total = 0;
  for (let way = findWay(left, source, sink); way; way = findWay(left, source, sink)) {
    const kw = Math.min(...way.map(([from, to]) => left.get(from)?.get(to) ?? 0));
    for (const [from, to] of way) {
      add(from, to, -kw);
      add(to, from, kw);
    }
    total += kw;
  }
  // All arcs of a network go one way: what is free to come back is what has gone.
  return { kw: total, between: (from, to) => left.get(to)?.get(from) ?? 0 };
};

const findWay = (
  left: ReadonlyMap<string, ReadonlyMap<string, number>>,
  source: string,
  sink: string,
): readonly (readonly [string, string])[] | undefined => {
  const cameFrom = new Map<string, string>();
  const open = [source];
  for (const at of open) {
    for (const [to, kw] of left.get(at) ?? []) {
      if (kw <= LEAST || to === source || cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      open.push(to);
    }
  }
  const way: (readonly [string, string])[] = [];
  for (let to = sink; to !== source;) {
    const from = cameFrom.get(to);
    if (from === undefined) return undefined;
    way.push([from, to]);
    to = from;
  }
  return way;
};
