import { HOUR_MS } from '#libs/kernel';
import type { SparseBuilder } from '#libs/lp';
import type { VehicleClass } from '../problem/classes.js';
import type { DispatchProblem } from '../problem/problem.js';
import { type Columns, type DispatchIndex, eachColumn, noColumns } from './dispatch-index.js';

export type FleetIndex = Pick<
  DispatchIndex,
  'trip' | 'dead' | 'stand' | 'call' | 'charge' | 'plug' | 'energy' | 'flow'
>;

interface Move {
  readonly columns: Columns;
  readonly from: string;
  readonly to: string;
  readonly slots: number;
  readonly km: number;
}

/** Vehicles through places and time, class by class, and the energy of those that are watched. `whole`: of integer columns. */
export const addFleet = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  classes: readonly VehicleClass[],
  whole: boolean,
): FleetIndex => {
  const fleets = classes.map((vehicles, k) => addClass(builder, problem, vehicles, k, whole));
  addChargingLimits(builder, problem, fleets);
  return {
    trip: fleets.map(({ trip }) => trip),
    dead: fleets.map(({ dead }) => dead),
    stand: fleets.map(({ stand }) => stand),
    call: fleets.map(({ call }) => call),
    charge: fleets.map(({ charge }) => charge),
    plug: fleets.map(({ plug }) => plug),
    energy: fleets.map(({ energy }) => energy),
    flow: fleets.map(({ flow }) => flow),
  };
};

type ClassIndex = { readonly [Key in keyof FleetIndex]: FleetIndex[Key][number] };

const addClass = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  vehicles: VehicleClass,
  k: number,
  whole: boolean,
): ClassIndex => {
  const { count, slotMs } = problem.grid;
  const { type, untilSlot, callOutCost } = vehicles;
  const slotHours = slotMs / HOUR_MS;
  const size = vehicles.vehicles.length;
  const addMoves = (name: string, slots: number, km: number): Columns => {
    const columns = noColumns(count);
    const cost = type.cost_per_hour * slots * slotHours + type.cost_per_km * km;
    for (let slot = 0; slot < count && slot + slots <= untilSlot; slot += 1) {
      columns[slot] = builder.addColumn(`${name},${slot}]`, { upper: size, cost, integer: whole });
    }
    return columns;
  };
  const trip = problem.patterns.map(({ types, busy_slots, km }, p) =>
    types && !types.includes(type.id) ? noColumns(count) : addMoves(`trip[${k},${p}`, busy_slots, km),
  );
  const dead = problem.deadheads.map(({ slots, km }, d) => addMoves(`dead[${k},${d}`, slots, km));
  const flow = problem.places.map((_, n) =>
    noColumns(count).map((_none, slot) => builder.addRow(`flow[${k},${n},${slot}]`, { equal: 0 })),
  );
  const stand = problem.places.map((_, n) =>
    noColumns(count).map((_none, slot) => {
      const column = builder.addColumn(`stand[${k},${n},${slot}]`);
      const rows = flow[n];
      builder.addEntry(rows?.[slot] ?? -1, column, 1);
      if (slot + 1 < count) builder.addEntry(rows?.[slot + 1] ?? -1, column, -1);
      return column;
    }),
  );
  const place = new Map(problem.places.map(({ id }, n) => [id, n]));
  const moves = [
    ...problem.patterns.map(({ from_place, to_place, busy_slots, km }, p): Move => ({
      columns: trip[p] ?? noColumns(0),
      from: from_place,
      to: to_place,
      slots: busy_slots,
      km,
    })),
    ...problem.deadheads.map(({ from_place, to_place, slots, km }, d): Move => ({
      columns: dead[d] ?? noColumns(0),
      from: from_place,
      to: to_place,
      slots,
      km,
    })),
  ];
  for (const { columns, from, to, slots } of moves) {
    const [leaving, coming] = [flow[place.get(from) ?? -1], flow[place.get(to) ?? -1]];
    eachColumn(columns, (column, slot) => {
      builder.addEntry(leaving?.[slot] ?? -1, column, 1);
      if (slot + slots < count) builder.addEntry(coming?.[slot + slots] ?? -1, column, -1);
    });
  }
  const call = problem.places.map(({ id }, n) => {
    const ready = Array.from({ length: count }, () => 0);
    for (const { place: at, ready_slot } of vehicles.vehicles) {
      const slot = Math.max(0, ready_slot);
      if (at === id && slot < count) ready[slot] = (ready[slot] ?? 0) + 1;
    }
    return callOutCost > 0
      ? addCalls(builder, `${k},${n}`, ready, flow[n] ?? noColumns(0), callOutCost, whole)
      : addSupply(builder, ready, flow[n] ?? noColumns(0));
  });
  return { trip, dead, flow, stand, call, ...addEnergy(builder, problem, vehicles, k, stand, moves, whole) };
};

/** Vehicles enter in the slot in which they are ready. */
const addSupply = (builder: SparseBuilder, ready: readonly number[], flow: Columns): Columns => {
  ready.forEach((supply, slot) => {
    if (supply > 0) builder.setRow(flow[slot] ?? -1, { equal: supply });
  });
  return noColumns(ready.length);
};

/** Vehicles enter when they are called, not before they are ready. */
const addCalls = (
  builder: SparseBuilder,
  name: string,
  ready: readonly number[],
  flow: Columns,
  cost: number,
  integer: boolean,
): Columns => {
  const call = noColumns(ready.length);
  let readyBy = 0;
  ready.forEach((supply, slot) => {
    readyBy += supply;
    if (readyBy === 0) return;
    const column = builder.addColumn(`call[${name},${slot}]`, { upper: readyBy, cost, integer });
    call[slot] = column;
    builder.addEntry(flow[slot] ?? -1, column, -1);
    const row = builder.addRow(`calls[${name},${slot}]`, { upper: readyBy });
    eachColumn(call.subarray(0, slot + 1), (called) => builder.addEntry(row, called, 1));
  });
  return call;
};

type EnergyIndex = Pick<ClassIndex, 'charge' | 'plug' | 'energy'>;

/** The battery of a class that is watched, which is one vehicle. It never sinks under its reserve, or under what it has at the start where that is less. */
const addEnergy = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  { type: { battery }, vehicles: [vehicle], watched }: VehicleClass,
  k: number,
  stand: readonly Columns[],
  moves: readonly Move[],
  whole: boolean,
): EnergyIndex => {
  const { count, slotMs } = problem.grid;
  const none = { charge: stand.map(() => noColumns(count)), plug: stand.map(() => noColumns(count)) };
  if (!watched || !battery || !vehicle) return { ...none, energy: noColumns(count) };
  const initial = vehicle.charge_kwh ?? battery.capacity_kwh;
  const most = (battery.charging_kw * slotMs) / HOUR_MS;
  const lower = Math.min(battery.reserve_kwh, initial);
  const rows = noColumns(count).map((_, slot) =>
    builder.addRow(`battery[${k},${slot}]`, { equal: slot === 0 ? initial : 0 }),
  );
  const energy = rows.map((row, slot) => {
    const column = builder.addColumn(`energy[${k},${slot}]`, { lower, upper: battery.capacity_kwh });
    builder.addEntry(row, column, 1);
    if (slot + 1 < count) builder.addEntry(rows[slot + 1] ?? -1, column, -1);
    return column;
  });
  for (const { columns, km } of moves) {
    eachColumn(columns, (column, slot) => builder.addEntry(rows[slot] ?? -1, column, km * battery.kwh_per_km));
  }
  problem.places.forEach(({ chargers = 0 }, n) => {
    if (chargers === 0) return;
    for (let slot = 0; slot < count; slot += 1) {
      const name = `${k},${n},${slot}`;
      const charge = builder.addColumn(`charge[${name}]`, { upper: most });
      const plug = builder.addColumn(`plug[${name}]`, { upper: 1, integer: whole });
      builder.addEntry(rows[slot] ?? -1, charge, -1);
      const standing = builder.addRow(`standing[${name}]`, { upper: 0 });
      builder.addEntry(standing, charge, 1);
      builder.addEntry(standing, stand[n]?.[slot] ?? -1, -most);
      const plugged = builder.addRow(`plugged[${name}]`, { upper: 0 });
      builder.addEntry(plugged, charge, 1);
      builder.addEntry(plugged, plug, -most);
      none.charge[n]?.set([charge], slot);
      none.plug[n]?.set([plug], slot);
    }
  });
  return { ...none, energy };
};

/** Chargers and power of a place, over all classes. */
const addChargingLimits = (builder: SparseBuilder, problem: DispatchProblem, fleets: readonly ClassIndex[]): void => {
  const { count, slotMs } = problem.grid;
  const addSum = (name: string, upper: number, columns: readonly (Columns | undefined)[], slot: number): void => {
    const present = columns.map((of) => of?.[slot] ?? -1).filter((column) => column >= 0);
    if (present.length === 0) return;
    const row = builder.addRow(name, { upper });
    for (const column of present) builder.addEntry(row, column, 1);
  };
  problem.places.forEach(({ chargers = 0, charging_kw }, n) => {
    for (let slot = 0; slot < count; slot += 1) {
      const plugs = fleets.map(({ plug }) => plug[n]);
      addSum(`chargers[${n},${slot}]`, chargers, plugs, slot);
      if (charging_kw === undefined) continue;
      const charges = fleets.map(({ charge }) => charge[n]);
      addSum(`power[${n},${slot}]`, (charging_kw * slotMs) / HOUR_MS, charges, slot);
    }
  });
};
