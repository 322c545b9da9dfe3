import { type LinearModel, ModelBuilder, type Term } from '#libs/lp';
import type { DispatchProblem } from '../problem.js';
import { availableVehicles, type DepartureCounts } from './fleet.js';
import { addHeadwayCuts } from './headway-cuts.js';
import { addedIn, mostIn } from './limits.js';
import { departuresOfLine, type Line, linesOf } from './line.js';

/** Where the departures stand among the model's variables: `departures[pattern][slot]`. */
export interface DispatchIndex {
  readonly departures: DepartureCounts;
}

export interface DispatchModel {
  readonly model: LinearModel;
  readonly index: DispatchIndex;
}

/** The integer model of `docs/dispatch-model.md`: departures whole, people divisible. */
export const buildDispatchModel = (
  problem: DispatchProblem,
  { integer = true }: { readonly integer?: boolean } = {},
): DispatchModel => {
  const builder = new ModelBuilder('dispatch');
  const fleet: Term[][] = Array.from({ length: problem.grid.count }, () => []);
  const departures = linesOf(problem).map((line) => addLine(builder, line, fleet, integer));
  for (const [slot, available] of availableVehicles(problem).entries()) {
    const terms = fleet[slot] ?? [];
    if (terms.length > 0) builder.addConstraint(`fleet[${slot}]`, { upper: available }, terms);
  }
  return { model: builder.build(), index: { departures } };
};

const addLine = (builder: ModelBuilder, line: Line, fleet: readonly Term[][], integer: boolean): readonly number[] => {
  const { pattern, slots } = line;
  const departures = Array.from({ length: slots }, (_, slot) => {
    const departs = builder.addVariable(`depart[${pattern.line},${slot}]`, {
      lower: addedIn(pattern, slot),
      upper: mostIn(pattern, slot),
      cost: line.departureCost,
      integer,
    });
    addChange(builder, line, slot, departs);
    for (const held of fleet.slice(slot, slot + pattern.cycle_slots)) held.push([departs, 1]);
    return departs;
  });
  const { boarding, queues } = addPassengers(builder, line);
  addHeadwayCuts(builder, line, departures, queues);
  addSeats(builder, line, departures, boarding);
  let before = 0;
  for (const [slot, least] of pattern.least.entries()) {
    if (least > before) {
      const made = departures.slice(0, slot + 1).map((departs): Term => [departs, 1]);
      builder.addConstraint(`least[${pattern.line},${slot}]`, { lower: least }, made);
    }
    before = least;
  }
  return departures;
};

/** departs - putIn + takenOut = what is announced for the slot. */
const addChange = (builder: ModelBuilder, { pattern, changePrice }: Line, slot: number, departs: number): void => {
  const announced = pattern.previous?.[slot];
  if (announced === undefined) return;
  const name = `${pattern.line},${slot}`;
  const putIn = builder.addVariable(`put_in[${name}]`, { lower: 0, cost: changePrice });
  const takenOut = builder.addVariable(`taken_out[${name}]`, { lower: 0, upper: announced, cost: changePrice });
  builder.addConstraint(`announced[${name}]`, { equal: announced }, [
    [departs, 1],
    [putIn, -1],
    [takenOut, 1],
  ]);
};

interface Passengers {
  /** Variables by leg and slot at the stop. */
  readonly boarding: readonly (readonly number[])[];
  readonly queues: readonly (readonly number[])[];
}

const addPassengers = (builder: ModelBuilder, line: Line): Passengers => {
  const nameOf = (leg: number, slot: number) => `${line.pattern.line},${leg},${slot}`;
  const slots = Array.from({ length: line.slots }, (_, slot) => slot);
  const earliest = Math.min(0, ...line.underWay.keys());
  const boarding = line.legs.map(({ boardOffset }, leg) =>
    slots.map((slot) => {
      const reached = slot - boardOffset >= earliest;
      return builder.addVariable(`board[${nameOf(leg, slot)}]`, reached ? { lower: 0 } : { lower: 0, upper: 0 });
    }),
  );
  const queues = line.legs.map(({ waiting, arrivals }, leg) => {
    let before: number | undefined;
    return slots.map((slot) => {
      const came = arrivals[slot] ?? 0;
      // Those who come in a slot are still there at its end: they board from the next slot on.
      const queue = builder.addVariable(`queue[${nameOf(leg, slot)}]`, { lower: came, cost: line.slotCost });
      const terms: Term[] = [[queue, 1]];
      if (before !== undefined) terms.push([before, -1]);
      const boards = boarding[leg]?.[slot];
      if (boards !== undefined) terms.push([boards, 1]);
      terms.push(...transfersInto(line, leg, slot, boarding).map((changes): Term => [changes, -1]));
      builder.addConstant((-came / 2) * line.slotCost);
      const inflow = came + (slot === 0 ? waiting : 0);
      builder.addConstraint(`people[${nameOf(leg, slot)}]`, { equal: inflow }, terms);
      before = queue;
      return queue;
    });
  });
  return { boarding, queues };
};

/** Boardings of earlier legs that alight for this one in this slot. */
const transfersInto = (
  line: Line,
  leg: number,
  slot: number,
  boarding: readonly (readonly number[])[],
): readonly number[] =>
  line.legs.flatMap(({ next, boardOffset, alightOffset }, earlier) => {
    const boards = next === leg ? boarding[earlier]?.[slot - alightOffset + boardOffset] : undefined;
    return boards === undefined ? [] : [boards];
  });

/** On each segment that starts where somebody boards, the people on board need seats. */
const addSeats = (
  builder: ModelBuilder,
  line: Line,
  departures: readonly number[],
  boarding: readonly (readonly number[])[],
): void => {
  const segments = [...new Set(line.legs.map(({ board }) => board))];
  const earliest = Math.min(0, ...line.underWay.keys());
  const left = new Map(departuresOfLine(line, []).map(({ slot, vehicles }) => [slot, vehicles]));
  for (let slot = earliest; slot < line.slots; slot += 1) {
    for (const segment of segments) {
      const terms = line.legs.flatMap(({ board, alight, boardOffset }, leg): Term[] => {
        const boards = board <= segment && segment < alight ? boarding[leg]?.[slot + boardOffset] : undefined;
        return boards === undefined ? [] : [[boards, 1]];
      });
      if (terms.length === 0) continue;
      const departs = departures[slot];
      if (departs !== undefined) terms.push([departs, -line.pattern.seats]);
      const upper = line.pattern.seats * (left.get(slot) ?? 0);
      builder.addConstraint(`seats[${line.pattern.line},${segment},${slot}]`, { upper }, terms);
    }
  }
};

/** Whole departures from the values of the integer model. */
export const readDepartures = (index: DispatchIndex, values: Float64Array): number[][] =>
  index.departures.map((row) => row.map((variable) => Math.max(0, Math.round(values[variable] ?? 0))));

/** Departures rounded from the relaxation, so that each line's running total stays within half a departure of it: targets for the fleet. */
export const readTargets = (index: DispatchIndex, values: Float64Array): number[][] =>
  index.departures.map((row) => {
    let total = 0;
    return row.map((variable) => Math.round((total += values[variable] ?? 0)));
  });
