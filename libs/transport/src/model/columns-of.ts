import type { VehicleClass } from '../problem/classes.js';
import type { Activity, DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { buildDispatchModel } from './build-model.js';
import { type Columns, type DispatchIndex, type DispatchModel, eachColumn } from './dispatch-index.js';

/** The plan as a solution of the model: the value of every column by its name. */
export const columnsOf = (problem: DispatchProblem, plan: DispatchPlan): Readonly<Record<string, number>> => {
  const built = buildDispatchModel(problem);
  const values = valuesOf(problem, plan, built);
  return Object.fromEntries(built.model.columnNames.map((name, column) => [name, values[column] ?? 0]));
};

/** The same in the order of the model's columns. An activity that the model does not have throws an Error. */
export const valuesOf = (
  problem: DispatchProblem,
  plan: DispatchPlan,
  { model, index }: DispatchModel,
): Float64Array => {
  const values = new Float64Array(model.columnNames.length);
  const add = (columns: Columns | undefined, slot: number, value: number, what: string): void => {
    const column = columns?.[slot] ?? -1;
    if (column < 0) throw new Error(`The model has no column for ${what} in slot ${slot}.`);
    values[column] = (values[column] ?? 0) + value;
  };
  addBlocks(problem, plan, index, add);
  addPeople(problem, plan, index, add);
  fillStanding(problem, index, values);
  fillEnergy(problem, index, values);
  fillPenalties(problem, index, values);
  return values;
};

type Add = (columns: Columns | undefined, slot: number, value: number, what: string) => void;

const addBlocks = (problem: DispatchProblem, plan: DispatchPlan, index: DispatchIndex, add: Add): void => {
  const classOf = new Map(index.classes.flatMap(({ vehicles }, k) => vehicles.map(({ id }) => [id, k] as const)));
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]));
  const places = new Map(problem.places.map(({ id }, n) => [id, n]));
  const patterns = new Map(problem.patterns.map(({ pattern }, p) => [pattern, p]));
  const deadheads = new Map(
    problem.deadheads.map(({ from_place, to_place }, d) => [JSON.stringify([from_place, to_place]), d]),
  );
  for (const { vehicle: id, activities } of plan.blocks) {
    const k = classOf.get(id) ?? -1;
    const [first] = activities;
    if (first && (index.classes[k]?.callOutCost ?? 0) > 0) {
      add(index.call[k]?.[places.get(vehicles.get(id)?.place ?? '') ?? -1], first.slot, 1, `calling ${id} out`);
    }
    const addActivity = (activity: Activity): void => {
      switch (activity.kind) {
        case 'trip':
          add(index.trip[k]?.[patterns.get(activity.pattern) ?? -1], activity.slot, 1, `a trip of ${id}`);
          return;
        case 'deadhead': {
          const way = deadheads.get(JSON.stringify([activity.from_place, activity.to_place])) ?? -1;
          add(index.dead[k]?.[way], activity.slot, 1, `a deadhead of ${id}`);
          return;
        }
        case 'charge': {
          const place = places.get(activity.place) ?? -1;
          const each = activity.kwh / (activity.until_slot - activity.slot);
          for (let slot = activity.slot; slot < activity.until_slot; slot += 1) {
            add(index.charge[k]?.[place], slot, each, `the charging of ${id}`);
            add(index.plug[k]?.[place], slot, 1, `the charging of ${id}`);
          }
        }
      }
    };
    activities.forEach(addActivity);
  }
};

const addPeople = (problem: DispatchProblem, plan: DispatchPlan, index: DispatchIndex, add: Add): void => {
  const patterns = new Map(problem.patterns.map(({ pattern }, p) => [pattern, p]));
  const boards = new Map(index.boards.map((board) => [`${board.ride},${board.pattern}`, board]));
  for (const { ride, pattern, slot, people } of plan.boardings) {
    const board = boards.get(`${ride},${patterns.get(pattern) ?? -1}`);
    add(board?.columns, slot - (board?.firstSlot ?? 0), people, `boardings of ride ${ride} on ${pattern}`);
  }
  plan.rides.forEach(({ queue, late }, r) => {
    eachColumn(index.queue[r] ?? new Int32Array(), (_, slot) => add(index.queue[r], slot, queue[slot] ?? 0, 'a queue'));
    eachColumn(index.late[r] ?? new Int32Array(), (_, slot) => add(index.late[r], slot, late[slot] ?? 0, 'a queue'));
  });
};

/** Vehicles that stand: who stood before, came or was called, less who leaves. */
const fillStanding = (problem: DispatchProblem, index: DispatchIndex, values: Float64Array): void => {
  const place = new Map(problem.places.map(({ id }, n) => [id, n]));
  index.classes.forEach((vehicles, k) => {
    const change = problem.places.map((_, n) =>
      Float64Array.from(readyAt(vehicles, problem.places[n]?.id, index.slots)),
    );
    const addTo = (id: string, slot: number, value: number): void => {
      const of = change[place.get(id) ?? -1];
      if (of && slot < index.slots) of[slot] = (of[slot] ?? 0) + value;
    };
    const addMoves = (columns: Columns | undefined, from: string, to: string, slots: number): void =>
      eachColumn(columns ?? new Int32Array(), (column, slot) => {
        addTo(from, slot, -(values[column] ?? 0));
        addTo(to, slot + slots, values[column] ?? 0);
      });
    problem.patterns.forEach(({ from_place, to_place, busy_slots }, p) =>
      addMoves(index.trip[k]?.[p], from_place, to_place, busy_slots),
    );
    problem.deadheads.forEach(({ from_place, to_place, slots }, d) =>
      addMoves(index.dead[k]?.[d], from_place, to_place, slots),
    );
    problem.places.forEach(({ id }, n) => {
      eachColumn(index.call[k]?.[n] ?? new Int32Array(), (column, slot) => addTo(id, slot, values[column] ?? 0));
      let standing = 0;
      eachColumn(index.stand[k]?.[n] ?? new Int32Array(), (column, slot) => {
        standing += change[n]?.[slot] ?? 0;
        values[column] = standing;
      });
    });
  });
};

/** Vehicles that need no call and become ready at a place, by slot. */
const readyAt = ({ vehicles, callOutCost }: VehicleClass, id: string | undefined, slots: number): readonly number[] => {
  const ready = new Array<number>(slots).fill(0);
  if (callOutCost > 0) return ready;
  for (const { place, ready_slot } of vehicles) {
    const slot = Math.max(0, ready_slot);
    if (place === id && slot < slots) ready[slot] = (ready[slot] ?? 0) + 1;
  }
  return ready;
};

const fillEnergy = (problem: DispatchProblem, index: DispatchIndex, values: Float64Array): void =>
  index.classes.forEach(({ type: { battery }, vehicles: [vehicle] }, k) => {
    if (!battery || !vehicle) return;
    let energy = vehicle.charge_kwh ?? battery.capacity_kwh;
    const valueAt = (columns: Columns | undefined, slot: number): number => values[columns?.[slot] ?? -1] ?? 0;
    eachColumn(index.energy[k] ?? new Int32Array(), (column, slot) => {
      problem.patterns.forEach(({ km }, p) => (energy -= km * battery.kwh_per_km * valueAt(index.trip[k]?.[p], slot)));
      problem.deadheads.forEach(({ km }, d) => (energy -= km * battery.kwh_per_km * valueAt(index.dead[k]?.[d], slot)));
      problem.places.forEach((_, n) => (energy += valueAt(index.charge[k]?.[n], slot)));
      values[column] = energy;
    });
  });

const fillPenalties = (problem: DispatchProblem, index: DispatchIndex, values: Float64Array): void =>
  problem.patterns.forEach(({ least, added, previous }, p) => {
    let made = 0;
    const set = (columns: Columns | undefined, slot: number, value: number): void => {
      const column = columns?.[slot] ?? -1;
      if (column >= 0) values[column] = Math.max(0, value);
    };
    for (let slot = 0; slot < index.slots; slot += 1) {
      const departures = index.trip.reduce((sum, ofClass) => sum + (values[ofClass[p]?.[slot] ?? -1] ?? 0), 0);
      made += departures;
      set(index.depart[p], slot, departures);
      set(index.short[p], slot, (least?.[slot] ?? 0) - made);
      set(index.lack[p], slot, (added?.[slot] ?? 0) - departures);
      set(index.putIn[p], slot, departures - (previous?.[slot] ?? 0));
      set(index.takenOut[p], slot, (previous?.[slot] ?? 0) - departures);
    }
  });
