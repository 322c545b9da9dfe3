/** Patterns or deadheads by one of their ends, flat: those of a place are the positions [start[place], start[place + 1]), by index. */
export interface ArcsByPlace {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly otherEnd: Int32Array;
  /** Slots until ready. */
  readonly taken: Int32Array;
}

/** A pattern or a deadhead between two places. */
export interface PlaceArc {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly taken: number;
}

/** By the place that they leave, and by the one that they reach. Preconditions: arcs by index. */
export interface ArcsOfPlaces {
  readonly leaving: ArcsByPlace;
  readonly reaching: ArcsByPlace;
}

export const arcsOfPlaces = (places: number, arcs: readonly PlaceArc[]): ArcsOfPlaces => ({
  leaving: byPlace(places, arcs, 'from', 'to'),
  reaching: byPlace(places, arcs, 'to', 'from'),
});

/** Counted and then placed: a Games network has thousands of deadheads. */
const byPlace = (
  places: number,
  arcs: readonly PlaceArc[],
  end: 'from' | 'to',
  otherEnd: 'from' | 'to',
): ArcsByPlace => {
  const start = new Int32Array(places + 1);
  for (const arc of arcs) start[arc[end] + 1] = (start[arc[end] + 1] ?? 0) + 1;
  for (let place = 0; place < places; place += 1) start[place + 1] = (start[place + 1] ?? 0) + (start[place] ?? 0);
  const next = start.slice();
  const sorted = {
    start,
    index: new Int32Array(arcs.length),
    otherEnd: new Int32Array(arcs.length),
    taken: new Int32Array(arcs.length),
  };
  for (const arc of arcs) {
    const at = next[arc[end]] ?? 0;
    next[arc[end]] = at + 1;
    sorted.index[at] = arc.index;
    sorted.otherEnd[at] = arc[otherEnd];
    sorted.taken[at] = arc.taken;
  }
  return sorted;
};

/** How many a place has. */
export const countAt = ({ start }: ArcsByPlace, place: number): number => (start[place + 1] ?? 0) - (start[place] ?? 0);

/** From a node to the one that an arc leads to; past the horizon, beyond the sink. */
export const stepsOf = (places: number, { start, otherEnd, taken }: ArcsByPlace): Int32Array => {
  const steps = new Int32Array(otherEnd.length);
  for (let place = 0; place + 1 < start.length; place += 1)
    for (let at = start[place] ?? 0; at < (start[place + 1] ?? 0); at += 1)
      steps[at] = (taken[at] ?? 0) * places + (otherEnd[at] ?? 0) - place;
  return steps;
};
