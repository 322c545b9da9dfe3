/** One leg of a line, as `evaluateLine` needs it. `next` is an index into the line's legs. */
export interface LineLeg {
  readonly board: number;
  readonly alight: number;
  readonly boardOffset: number;
  readonly alightOffset: number;
  readonly waiting: number;
  readonly arrivals: readonly number[];
  readonly next: number | undefined;
}

/** A departure of `vehicles` together. A negative slot left before the horizon. */
export interface LineDeparture {
  readonly slot: number;
  readonly vehicles: number;
}

/** People by leg and slot: who boarded in it, and who waits at its end. */
export interface LineFlow {
  readonly boarded: readonly (readonly number[])[];
  readonly queue: readonly (readonly number[])[];
}

/** People who came together, in the order in which they came. */
interface Cohort {
  readonly came: number;
  people: number;
}

/** Fewer people than this are none: rounding. */
const NOBODY = 1e-9;

/**
 * What happens on one line when these departures leave, exactly: at each stop people board first come, first served as
 * far as there are seats; those who came during a slot board from the next one on; those who change at the
 * terminus of a loop may board in the slot in which they alight. `stops` are the legs' calls; `departures` are in time order.
 */
export const evaluateLine = (
  slots: number,
  seats: number,
  legs: readonly LineLeg[],
  stops: readonly Call[],
  departures: readonly LineDeparture[],
): LineFlow => {
  const boarded = legs.map(() => new Array<number>(slots).fill(0));
  const queue = legs.map(() => new Array<number>(slots).fill(0));
  const lines: Cohort[][] = legs.map(({ waiting }) => (waiting > 0 ? [{ came: -1, people: waiting }] : []));
  const lastOffset = stops.at(-1)?.offset ?? 0;
  const onBoard = departures.map(() => legs.map(() => 0));
  let first = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    while (first < departures.length && (departures[first]?.slot ?? 0) + lastOffset < slot) first += 1;
    for (let index = first; index < departures.length; index += 1) {
      const [departure, aboard] = [departures[index], onBoard[index]];
      if (!departure || !aboard || departure.slot > slot) break;
      for (const call of stops) {
        if (departure.slot + call.offset !== slot) continue;
        for (const leg of call.alighting) {
          const next = legs[leg]?.next;
          const people = aboard[leg] ?? 0;
          if (next !== undefined && people > NOBODY) lines[next]?.push({ came: slot, people });
          aboard[leg] = 0;
        }
        if (call.boarding.length === 0) continue;
        let room = seats * departure.vehicles;
        for (const people of aboard) room -= people;
        board(call.boarding, lines, room, (leg, people) => {
          aboard[leg] = (aboard[leg] ?? 0) + people;
          const row = boarded[leg];
          if (row) row[slot] = (row[slot] ?? 0) + people;
        });
      }
    }
    for (const [index, leg] of legs.entries()) {
      const line = lines[index];
      const people = leg.arrivals[slot] ?? 0;
      if (people > 0) line?.push({ came: slot + 0.5, people });
      let total = 0;
      for (const cohort of line ?? []) total += cohort.people;
      const row = queue[index];
      if (row) row[slot] = total;
    }
  }
  return { boarded, queue };
};

/** A stop where somebody boards or alights, with the legs that do. */
export interface Call {
  readonly index: number;
  readonly offset: number;
  readonly boarding: readonly number[];
  readonly alighting: readonly number[];
}

/** The calls of a line's legs, in driving order. */
export const callsOf = (legs: readonly LineLeg[]): readonly Call[] => {
  const calls = new Map<number, { index: number; offset: number; boarding: number[]; alighting: number[] }>();
  const callAt = (index: number, offset: number) => {
    const call = calls.get(index) ?? { index, offset, boarding: [], alighting: [] };
    calls.set(index, call);
    return call;
  };
  for (const [leg, { board, boardOffset, alight, alightOffset }] of legs.entries()) {
    callAt(board, boardOffset).boarding.push(leg);
    callAt(alight, alightOffset).alighting.push(leg);
  }
  return [...calls.values()].sort((a, b) => a.index - b.index);
};

/** Boards the oldest cohorts of the legs that start here; those who came together share what is left in proportion. */
const board = (
  legs: readonly number[],
  lines: readonly Cohort[][],
  seats: number,
  take: (leg: number, people: number) => void,
): void => {
  let room = seats;
  while (room > NOBODY) {
    let came = Infinity;
    let people = 0;
    for (const leg of legs) {
      const head = lines[leg]?.[0];
      if (!head || head.came > came) continue;
      people = head.came < came ? head.people : people + head.people;
      came = head.came;
    }
    if (people === 0) return;
    const share = Math.min(1, room / people);
    for (const leg of legs) {
      const line = lines[leg];
      const head = line?.[0];
      if (!line || head?.came !== came) continue;
      take(leg, head.people * share);
      head.people -= head.people * share;
      if (share === 1) line.shift();
    }
    room -= people * share;
  }
};
