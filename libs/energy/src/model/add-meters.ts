import { type Connection, type Feeder, POWER, type SiteProblem, type Tariff, valueAt } from '../problem.js';
import { type LoadCaps, overloadOf } from '../transformer/overload.js';
import { type Columns, type EnergyModel, importCost } from './energy-model.js';

/** What flows through a meter: `import` less `export`, what is over their limits included. */
export interface Meter {
  readonly import: Columns;
  readonly export: Columns;
  readonly importOver: Columns;
  readonly exportOver: Columns;
}

export const isAlive = ({ available = 1 }: Connection, slot: number): boolean => valueAt(available, slot) > 0;

/** Whether any connection of a site is alive. */
export const isSupplied = ({ connections }: SiteProblem, slot: number): boolean =>
  connections.some((connection) => isAlive(connection, slot));

/** A site's connection: what comes through it, and what that costs. */
export const addConnection = (model: EnergyModel, { site }: SiteProblem, connection: Connection): Meter => {
  const { problem, hours } = model;
  const { connection: name, tariff } = connection;
  const buy = (slot: number): number => importCost(problem, tariff, slot) * hours;
  const sell = (slot: number): number => valueAt(tariff.export_price_per_kwh, slot) * hours;
  const over = (limit: 'import_limit' | 'export_limit', cost: (slot: number) => number): Columns =>
    Int32Array.from({ length: model.slots }, (_, slot) =>
      isAlive(connection, slot)
        ? model.addViolation({ tier: 'contract', limit, at: name, slot, weight: hours }, { cost: cost(slot) })
        : -1,
    );
  const limited = (series: Connection['import_limit_kw'], cost: (slot: number) => number) => (slot: number) =>
    isAlive(connection, slot) ? { upper: valueAt(series, slot), cost: cost(slot) } : undefined;
  const meter: Meter = {
    import: model.addColumns(`import ${name}`, limited(connection.import_limit_kw, buy)),
    export: model.addColumns(
      `export ${name}`,
      limited(connection.export_limit_kw, (slot) => -sell(slot)),
    ),
    importOver: over('import_limit', buy),
    exportOver: over('export_limit', (slot) => -sell(slot)),
  };
  for (let slot = 0; slot < model.slots; slot += 1) {
    addNet(meter, slot, 1, (column, factor) => model.feed(site, POWER, slot, column, factor));
  }
  addPeaksAndRamp(model, name, tariff, meter);
  return meter;
};

/** Feeders carry what hangs on them, directly or through others. */
export const addFeeders = (model: EnergyModel, meters: ReadonlyMap<string, Meter>, caps: LoadCaps): void => {
  const { feeders, sites } = model.problem;
  const parents = new Map(feeders.map(({ feeder, parent }) => [feeder, parent]));
  const below = new Map<string, Meter[]>(feeders.map(({ feeder }) => [feeder, []]));
  for (const { connection, feeder } of sites.flatMap(({ connections }) => connections)) {
    const meter = meters.get(connection);
    for (let at: string | undefined = feeder; meter && at !== undefined; at = parents.get(at))
      below.get(at)?.push(meter);
  }
  for (const feeder of feeders) addFeeder(model, feeder, below.get(feeder.feeder) ?? [], caps);
};

const addFeeder = (model: EnergyModel, one: Feeder, below: readonly Meter[], caps: LoadCaps): void => {
  const { problem, slots, hours } = model;
  const { feeder, tariff } = one;
  for (let slot = 0; slot < slots && below.length > 0; slot += 1) {
    const { rated, steps } = overloadOf(problem, one, slot, caps.get(feeder)?.[slot]);
    const of = { limit: 'feeder_limit', at: feeder, slot } as const;
    const row = model.addRow(`feeder ${feeder} ${slot}`, { lower: -rated, upper: rated }, of);
    for (const meter of below) addNet(meter, slot, 1, (column, factor) => model.addEntry(row, column, factor));
    for (const [at, { kw, price_per_kw }] of steps.entries())
      model.addEntry(row, model.addColumn(`overload ${feeder} ${slot} ${at}`, { upper: kw, cost: price_per_kw }), -1);
    for (const direction of [-1, 1])
      model.addEntry(row, model.addViolation({ ...of, tier: 'feeder', weight: hours }), direction);
  }
  if (tariff) addSettlement(model, feeder, tariff, below);
};

/** All that hangs on a feeder, settled as if by one meter at its head. */
const addSettlement = (model: EnergyModel, feeder: string, tariff: Tariff, below: readonly Meter[]): void => {
  const { problem, hours } = model;
  const none = new Int32Array(model.slots).fill(-1);
  const head: Meter = {
    import: model.addColumns(`import ${feeder}`, (slot) => ({ cost: importCost(problem, tariff, slot) * hours })),
    export: model.addColumns(`export ${feeder}`, (slot) => ({
      cost: -valueAt(tariff.export_price_per_kwh, slot) * hours,
    })),
    importOver: none,
    exportOver: none,
  };
  for (let slot = 0; slot < model.slots; slot += 1) {
    const row = model.addRow(`settled ${feeder} ${slot}`, { equal: 0 });
    const add = (column: number | undefined, factor: number): void => model.addEntry(row, column, factor);
    addNet(head, slot, 1, add);
    for (const meter of below) addNet(meter, slot, -1, add);
  }
  addPeaksAndRamp(model, feeder, tariff, head);
};

const addPeaksAndRamp = (model: EnergyModel, name: string, { peaks = [], ramp }: Tariff, meter: Meter): void => {
  for (const [at, { from_slot, until_slot, price_per_kw, so_far_kw }] of peaks.entries()) {
    // What the window has cost already is sunk: only what is above it counts.
    const peak = model.addColumn(`peak ${name} ${at}`, { lower: so_far_kw, cost: price_per_kw });
    model.addConstant(-price_per_kw * so_far_kw);
    for (let slot = Math.max(0, from_slot); slot < Math.min(model.slots, until_slot); slot += 1) {
      const row = model.addRow(`peak ${name} ${at} ${slot}`, { lower: 0 });
      model.addEntry(row, peak, 1);
      addNet(meter, slot, -1, (column, factor) => model.addEntry(row, column, factor));
    }
  }
  if (!ramp) return;
  const change = model.addColumns(`change ${name}`, () => ({ cost: ramp.price_per_kw }));
  for (let slot = 0; slot < model.slots; slot += 1) {
    for (const direction of [1, -1]) {
      const row = model.addRow(`change ${name} ${slot} ${direction}`, {
        lower: slot === 0 ? -direction * ramp.before_kw : 0,
      });
      const add = (column: number | undefined, factor: number): void => model.addEntry(row, column, factor);
      add(change[slot], 1);
      addNet(meter, slot, -direction, add);
      if (slot > 0) addNet(meter, slot - 1, direction, add);
    }
  }
};

const addNet = (
  meter: Meter,
  slot: number,
  factor: number,
  add: (column: number | undefined, factor: number) => void,
): void => {
  add(meter.import[slot], factor);
  add(meter.importOver[slot], factor);
  add(meter.export[slot], -factor);
  add(meter.exportOver[slot], -factor);
};
