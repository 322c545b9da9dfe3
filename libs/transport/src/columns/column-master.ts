import { type ModelChange, SparseBuilder, type SparseModel } from '#libs/lp';
import { nodeAt } from '../search/network.js';
import type { Column } from './column-pool.js';
import type { VehiclePrices } from './vehicle-prices.js';
import type { FleetCounts, FreePart } from './free-part.js';

/** What a column of the linear model stands for. */
type Meaning =
  | { readonly kind: 'column'; readonly column: Column }
  | { readonly kind: 'idle'; readonly strand: number }
  | { readonly kind: 'deadhead'; readonly vehicles: number; readonly deadhead: number }
  | { readonly kind: 'call'; readonly vehicles: number; readonly node: number }
  | { readonly kind: 'stand' };

/** An empty ride that may be worth a column. */
interface Ride {
  readonly vehicles: number;
  readonly deadhead: number;
  readonly cost: number;
  readonly from: number;
  readonly to: number;
}

interface Entry {
  readonly row: number;
  readonly value: number;
}

/** Empty rides that would lose no more than this at the first prices are in the model from the start. */
const NEAR = 5;
/** Reduced costs above this do not pay. */
const PAYS = -1e-6;

/**
 * The choice of one column a strand such that the fleet can drive them (the master problem of a decomposition by Dantzig and Wolfe 1960), as a linear model that grows. Rows: one of each strand,
 * the vehicles of each fleet at each node, calls of the bays. A strand that finds nothing that fits may stay idle, at the price of serving nobody, so that the model never is infeasible.
 */
export class ColumnMaster {
  /** By index of column. */
  readonly meanings: Meaning[] = [];
  readonly #part: FreePart;
  readonly #known = new Set<Column>();
  readonly #strandRow: ReadonlyMap<number, number>;
  /** By fleet and node. */
  readonly #flowRow: readonly Int32Array[];
  readonly #bayRow: Int32Array;
  readonly #fleetOf: ReadonlyMap<number, number>;
  #rides: readonly Ride[];
  readonly #builder = new SparseBuilder('columns');
  #added: { cost: number; upper: number; entries: readonly Entry[] }[] = [];

  constructor(part: FreePart, idle: readonly Column[]) {
    this.#part = part;
    const { compiled, strands, fleets, bayRoom } = part;
    const { network } = compiled;
    const { sink, places } = network;
    const builder = this.#builder;
    this.#strandRow = new Map(strands.map((strand) => [strand, builder.addRow(`strand[${strand}]`, { equal: 1 })]));
    this.#fleetOf = new Map(fleets.map(({ vehicles }, fleet) => [vehicles, fleet]));
    this.#flowRow = fleets.map(({ vehicles, supply }) =>
      Int32Array.from({ length: sink }, (_, node) =>
        builder.addRow(`flow[${vehicles},${node}]`, { equal: supply[node] ?? 0 }),
      ),
    );
    this.#bayRow = Int32Array.from(bayRoom, (room, at) => builder.addRow(`bays[${at}]`, { upper: room }));
    for (const rows of this.#flowRow) {
      for (const [node, row] of rows.entries()) {
        const next = rows[node + places];
        this.#push({ kind: 'stand' }, 0, Infinity, [
          { row, value: 1 },
          ...(next === undefined ? [] : [{ row: next, value: -1 }]),
        ]);
      }
    }
    for (const fleet of fleets.keys()) this.#addCalls(fleet);
    this.#rides = this.#listRides();
    for (const column of idle) this.add(column);
  }

  /** The model with all that was added so far. */
  build(): SparseModel {
    for (const { cost, upper, entries } of this.#added) {
      const column = this.#builder.addColumn('', { cost, upper });
      for (const { row, value } of entries) this.#builder.addEntry(row, column, value);
    }
    this.#added = [];
    return this.#builder.build();
  }

  /** What was added since `build` or the last change; undefined where nothing was. */
  change(): ModelChange | undefined {
    const added = this.#added;
    if (added.length === 0) return undefined;
    this.#added = [];
    const starts = new Int32Array(added.length + 1);
    added.forEach(({ entries }, index) => (starts[index + 1] = (starts[index] ?? 0) + entries.length));
    return {
      columns: {
        cost: Float64Array.from(added, ({ cost }) => cost),
        upper: Float64Array.from(added, ({ upper }) => upper),
        starts,
        rows: Int32Array.from(added.flatMap(({ entries }) => entries.map(({ row }) => row))),
        values: Float64Array.from(added.flatMap(({ entries }) => entries.map(({ value }) => value))),
      },
    };
  }

  /** Where it is new. */
  add(column: Column): void {
    if (this.#known.has(column)) return;
    this.#known.add(column);
    const { network } = this.#part.compiled;
    const { slots, places, sink } = network;
    const values = new Map<number, number>([[this.#strandRow.get(column.strand) ?? -1, 1]]);
    const put = (row: number, by: number): void => {
      values.set(row, (values.get(row) ?? 0) + by);
    };
    for (const { vehicles, trip } of column.departures) {
      const arc = network.patterns[Math.floor(trip / slots)];
      const rows = this.#flowRow[this.#fleetOf.get(vehicles) ?? -1];
      if (!arc || !rows) continue;
      const slot = trip % slots;
      const ends = nodeAt(network, arc.to, slot + arc.busy);
      put(rows[slot * places + arc.from] ?? -1, 1);
      if (ends < sink) put(rows[ends] ?? -1, -1);
      for (const { bay, offset } of arc.bayCalls)
        if (slot + offset < slots) put(this.#bayRow[bay * slots + slot + offset] ?? -1, 1);
    }
    const meaning: Meaning =
      column.departures.length === 0 ? { kind: 'idle', strand: column.strand } : { kind: 'column', column };
    this.#push(
      meaning,
      column.cost,
      Infinity,
      [...values].filter(([, value]) => value !== 0).map(([row, value]) => ({ row, value })),
    );
  }

  /** Adds the empty rides that pay at these prices, or nearly do, and those that vehicles make now. */
  addRides(prices: VehiclePrices, near = NEAR): void {
    const left: Ride[] = [];
    for (const ride of this.#rides) {
      const worth = prices.of(this.#fleetOf.get(ride.vehicles) ?? -1);
      const reduced = ride.cost + (worth[ride.from] ?? 0) - (worth[ride.to] ?? 0);
      const isMade = (this.#part.now.deadheads[ride.vehicles]?.[ride.deadhead] ?? 0) > 0;
      if (reduced > near && !isMade) {
        left.push(ride);
        continue;
      }
      const rows = this.#flowRow[this.#fleetOf.get(ride.vehicles) ?? -1] ?? NO_ROWS;
      this.#push({ kind: 'deadhead', vehicles: ride.vehicles, deadhead: ride.deadhead }, ride.cost, Infinity, [
        { row: rows[ride.from] ?? -1, value: 1 },
        { row: rows[ride.to] ?? -1, value: -1 },
      ]);
    }
    this.#rides = left;
  }

  /** Adds those that pay at the duals of a solution, in which nothing is closed. */
  addPaying(prices: VehiclePrices): void {
    this.addRides(prices, PAYS);
  }

  /** Prices of vehicles and bays, as the duals of a solution say. */
  read(duals: Float64Array, prices: VehiclePrices): void {
    const worth = this.#flowRow.map((rows) =>
      Float64Array.from({ length: rows.length + 1 }, (_, node) => {
        const row = rows[node];
        return row === undefined ? 0 : -(duals[row] ?? 0);
      }),
    );
    prices.take([...worth, Float64Array.from(this.#bayRow, (row) => Math.max(0, -(duals[row] ?? 0)))]);
  }

  strandDual(duals: Float64Array, strand: number): number {
    return duals[this.#strandRow.get(strand) ?? -1] ?? 0;
  }

  /** What vehicles do in a solution; undefined where that is not whole. */
  readCounts(values: Float64Array): FleetCounts | undefined {
    const { network } = this.#part.compiled;
    const { slots, classes, patterns, deadheads, sink } = network;
    const counts = {
      trips: classes.map(() => new Int32Array(patterns.length * slots)),
      deadheads: classes.map(() => new Int32Array(deadheads.length * slots)),
      calls: classes.map(() => new Int32Array(sink)),
    };
    for (const [index, meaning] of this.meanings.entries()) {
      const value = values[index] ?? 0;
      const whole = Math.round(value);
      if (meaning.kind === 'stand') continue;
      if (Math.abs(value - whole) > WHOLE) return undefined;
      if (whole === 0) continue;
      if (meaning.kind === 'deadhead') addTo(counts.deadheads[meaning.vehicles], meaning.deadhead, whole);
      else if (meaning.kind === 'call') addTo(counts.calls[meaning.vehicles], meaning.node, whole);
      else if (meaning.kind === 'column')
        for (const { vehicles, trip } of meaning.column.departures) addTo(counts.trips[vehicles], trip, 1);
    }
    return counts;
  }

  #push(meaning: Meaning, cost: number, upper: number, entries: readonly Entry[]): void {
    this.meanings.push(meaning);
    this.#added.push({ cost, upper, entries });
  }

  /** Vehicles may be called from the slot in which they are ready on. */
  #addCalls(fleet: number): void {
    const { fleets, compiled } = this.#part;
    const { network } = compiled;
    const { places, slots } = network;
    const { vehicles, callable } = fleets[fleet] ?? { vehicles: 0, callable: NO_ROWS };
    const cost = network.classes[vehicles]?.callOutCost ?? 0;
    for (let place = 0; place < places; place += 1) {
      for (let slot = 0; slot < slots; slot += 1) {
        const node = slot * places + place;
        const count = callable[node] ?? 0;
        if (count === 0) continue;
        // To call one later than it is ready is the same as to call it and let it stand.
        this.#push({ kind: 'call', vehicles, node }, cost, count, [
          { row: this.#flowRow[fleet]?.[node] ?? -1, value: -1 },
        ]);
      }
    }
  }

  #listRides(): readonly Ride[] {
    const { compiled, fleets } = this.#part;
    const { network } = compiled;
    const { slots, places } = network;
    return fleets.flatMap(({ vehicles }) => {
      const { deadheadCost, untilSlot } = network.classes[vehicles] ?? { deadheadCost: [], untilSlot: 0 };
      return network.deadheads.flatMap(({ from, to, slots: taken }, index): readonly Ride[] =>
        Array.from({ length: Math.max(0, Math.min(slots - taken, untilSlot - taken + 1)) }, (_, slot) => ({
          vehicles,
          deadhead: index * slots + slot,
          cost: deadheadCost[index] ?? 0,
          from: slot * places + from,
          to: (slot + taken) * places + to,
        })),
      );
    });
  }
}

const NO_ROWS = new Int32Array(0);
/** Values closer to a whole number than this are whole. */
const WHOLE = 1e-6;

const addTo = (row: Int32Array | undefined, at: number, by: number): void => {
  if (row) row[at] = (row[at] ?? 0) + by;
};
