import { type Connection, type Feeder, POWER, type SiteProblem, type Tariff, valueAt } from '../problem.js';
import { feedersAbove } from '../transformer/feeder-rating.js';
import { type LoadCaps, overloadOf } from '../transformer/overload.js';
import { type Columns, type EnergyModel, importCost } from './energy-model.js';
import { type FlowRange, flowRangeOf, sumOfRanges } from './flow-range.js';

/** What flows through a meter: `import` less `export`, what is over their limits included. */
export interface Meter {
  readonly import: Columns;
  readonly export: Columns;
  readonly importOver: Columns;
  readonly exportOver: Columns;
  readonly range: FlowRange;
}

export const isAlive = ({ available = 1 }: Connection, slot: number): boolean => valueAt(available, slot) > 0;

/** Whether any connection of a site is alive. */
export const isSupplied = ({ connections }: SiteProblem, slot: number): boolean =>
  connections.some((connection) => isAlive(connection, slot));

/** A site's connection: what comes through it, and what that costs. */
export const addConnection = (model: EnergyModel, site: SiteProblem, connection: Connection): Meter => {
  const { hours } = model;
  const { connection: name, tariff, import_limit_kw, export_limit_kw } = connection;
  const range = flowRangeOf(site, model.slots);
  const exports = (slot: number): number => -(range.least[slot] ?? 0);
  const imports = (slot: number): number => range.most[slot] ?? 0;
  const buy = (slot: number): number => buyCost(model, tariff, slot) * hours;
  const sell = (slot: number): number => valueAt(tariff.export_price_per_kwh, slot) * hours;
  /** `more`: by what the flow may pass the limit, or nought. What cannot be has no column. */
  const over = (
    limit: 'import_limit' | 'export_limit',
    more: (slot: number) => number,
    cost: (slot: number) => number,
  ): Columns =>
    model.addViolations({ tier: 'contract', limit, at: name, weight: hours }, (slot) =>
      isAlive(connection, slot) && more(slot) > 0 ? { cost: cost(slot) } : undefined,
    );
  const meter: Meter = {
    import: model.addColumns(`import ${name}`, (slot) =>
      isAlive(connection, slot) ? { upper: valueAt(import_limit_kw, slot), cost: buy(slot) } : undefined,
    ),
    export: model.addColumns(`export ${name}`, (slot) =>
      isAlive(connection, slot) && exports(slot) > 0
        ? { upper: valueAt(export_limit_kw, slot), cost: -sell(slot) }
        : undefined,
    ),
    importOver: over('import_limit', (slot) => imports(slot) - valueAt(import_limit_kw, slot), buy),
    exportOver: over(
      'export_limit',
      (slot) => exports(slot) - valueAt(export_limit_kw, slot),
      (slot) => -sell(slot),
    ),
    range,
  };
  for (let slot = 0; slot < model.slots; slot += 1) {
    addNet(meter, slot, 1, (column, factor) => model.feed(site.site, POWER, slot, column, factor));
    model.carry(model.balance(site.site, POWER, slot), meter.import[slot]);
  }
  addPeaksAndRamp(model, name, tariff, meter);
  return meter;
};

/** Feeders carry what hangs on them, directly or through others. */
export const addFeeders = (model: EnergyModel, meters: ReadonlyMap<string, Meter>, caps: LoadCaps): void => {
  const { feeders, sites } = model.problem;
  const below = new Map<string, Meter[]>(feeders.map(({ feeder }) => [feeder, []]));
  for (const { connection, feeder } of sites.flatMap(({ connections }) => connections)) {
    const meter = meters.get(connection);
    if (meter) below.get(feeder)?.push(meter);
  }
  const depth = (feeder: Feeder): number => feedersAbove(model.problem, feeder.feeder).length;
  for (const feeder of feeders.toSorted((a, b) => depth(b) - depth(a))) {
    const own = below.get(feeder.feeder) ?? [];
    if (own.length === 0) continue;
    const load = addLoadOf(model, feeder.feeder, own);
    addFeeder(model, feeder, load, caps);
    if (feeder.parent !== undefined) below.get(feeder.parent)?.push(load);
  }
};

/** What a feeder carries, as one meter: with it the rows of those above stay short, and only its own rows link sites. */
const addLoadOf = (model: EnergyModel, feeder: string, below: readonly Meter[]): Meter => {
  const none = new Int32Array(model.slots).fill(-1);
  const name = `load ${feeder}`;
  const load = model.addColumns(name, () => ({ lower: -Infinity }));
  for (let slot = 0; slot < model.slots; slot += 1) {
    const row = model.addRow(name, { equal: 0 }, slot);
    for (const meter of below) addNet(meter, slot, 1, (column, factor) => model.addEntry(row, column, factor));
    model.addEntry(row, load[slot], -1);
    model.carry(row, load[slot]);
    model.couplings.push(row);
  }
  const range = sumOfRanges(
    below.map((meter) => meter.range),
    model.slots,
  );
  return { import: load, export: none, importOver: none, exportOver: none, range };
};

const addFeeder = (model: EnergyModel, one: Feeder, load: Meter, caps: LoadCaps): void => {
  const { problem, slots, hours } = model;
  const { feeder, tariff } = one;
  const name = `feeder ${feeder}`;
  for (let slot = 0; slot < slots; slot += 1) {
    const { rated, steps } = overloadOf(problem, one, slot, caps.get(feeder)?.[slot]);
    const row = model.addRow(name, { lower: -rated, upper: rated }, slot);
    model.limits.push({ row, limit: 'feeder_limit', at: feeder, slot });
    model.addEntry(row, load.import[slot], 1);
    for (const [at, { kw, price_per_kw }] of steps.entries()) {
      const overload = model.addColumn(`overload ${feeder} ${at}`, { upper: kw, cost: price_per_kw }, slot);
      model.addEntry(row, overload, -1);
    }
    const of = { tier: 'feeder', limit: 'feeder_limit', at: feeder, slot, weight: hours } as const;
    if ((load.range.most[slot] ?? 0) > rated) model.addEntry(row, model.addViolation(of), -1);
    if ((load.range.least[slot] ?? 0) < -rated) model.addEntry(row, model.addViolation(of), 1);
  }
  if (tariff) addSettlement(model, feeder, tariff, load);
};

/** All that hangs on a feeder, settled as if by one meter at its head. */
const addSettlement = (model: EnergyModel, feeder: string, tariff: Tariff, load: Meter): void => {
  const { hours } = model;
  const none = new Int32Array(model.slots).fill(-1);
  const head: Meter = {
    import: model.addColumns(`import ${feeder}`, (slot) => ({ cost: buyCost(model, tariff, slot) * hours })),
    export: model.addColumns(`export ${feeder}`, (slot) =>
      (load.range.least[slot] ?? 0) < 0 ? { cost: -valueAt(tariff.export_price_per_kwh, slot) * hours } : undefined,
    ),
    importOver: none,
    exportOver: none,
    range: load.range,
  };
  for (let slot = 0; slot < model.slots; slot += 1) {
    const row = model.addRow(`settled ${feeder}`, { equal: 0 }, slot);
    const add = (column: number | undefined, factor: number): void => model.addEntry(row, column, factor);
    addNet(head, slot, 1, add);
    addNet(load, slot, -1, add);
  }
  addPeaksAndRamp(model, feeder, tariff, head);
};

const addPeaksAndRamp = (model: EnergyModel, name: string, tariff: Tariff, meter: Meter): void => {
  const { peaks = [], ramp, spread_kw = [] } = tariff;
  for (const [at, { from_slot, until_slot, price_per_kw, so_far_kw }] of peaks.entries()) {
    const window = `peak ${name} ${at}`;
    // What the window has cost already is sunk: only what is above it counts.
    const peak = model.addColumn(window, { lower: so_far_kw, cost: price_per_kw });
    model.addConstant(-price_per_kw * so_far_kw);
    for (let slot = Math.max(0, from_slot); slot < Math.min(model.slots, until_slot); slot += 1) {
      const row = model.addRow(window, { lower: 0 }, slot);
      model.addEntry(row, peak, 1);
      addNet(meter, slot, -1, (column, factor) => model.addEntry(row, column, factor));
    }
  }
  if (spread_kw.length > 0) addSpread(model, name, tariff, spread_kw, meter);
  if (!ramp) return;
  const first = spread_kw.length > 0 ? 1 : 0;
  const change = model.addColumns(`change ${name}`, (slot) => (slot < first ? undefined : { cost: ramp.price_per_kw }));
  for (let slot = first; slot < model.slots; slot += 1) {
    for (const direction of [1, -1]) {
      const lower = slot === 0 ? -direction * ramp.before_kw : 0;
      const row = model.addRow(`change ${name} ${direction}`, { lower }, slot);
      const add = (column: number | undefined, factor: number): void => model.addEntry(row, column, factor);
      add(change[slot], 1);
      addNet(meter, slot, -direction, add);
      if (slot > 0) addNet(meter, slot - 1, direction, add);
    }
  }
};

/** Import price of a slot. Where the first is settled over its spread, that is charged by `addSpread`, and all flow pays what an export earns. */
const buyCost = ({ problem, tie }: EnergyModel, tariff: Tariff, slot: number): number =>
  slot === 0 && tariff.spread_kw !== undefined && tariff.spread_kw.length > 0
    ? valueAt(tariff.export_price_per_kwh, slot) + tie
    : importCost(problem, tariff, slot);

/** The first slot's import and change of flow, each at the mean over what the flow may come to. */
const addSpread = (
  model: EnergyModel,
  name: string,
  { ramp, ...tariff }: Tariff,
  spread: readonly number[],
  meter: Meter,
): void => {
  const sell = valueAt(tariff.export_price_per_kwh, 0) * model.hours;
  const buy = importCost(model.problem, tariff, 0) * model.hours;
  for (const [at, more] of spread.entries()) {
    model.addConstant((sell * more) / spread.length);
    const bought = model.addColumn(`bought ${name} ${at}`, { cost: (buy - sell) / spread.length });
    const row = model.addRow(`bought ${name} ${at}`, { lower: more });
    model.addEntry(row, bought, 1);
    addNet(meter, 0, -1, (column, factor) => model.addEntry(row, column, factor));
    if (!ramp) continue;
    const change = model.addColumn(`changed ${name} ${at}`, { cost: ramp.price_per_kw / spread.length });
    for (const direction of [1, -1]) {
      const side = model.addRow(`changed ${name} ${at} ${direction}`, { lower: direction * (more - ramp.before_kw) });
      model.addEntry(side, change, 1);
      addNet(meter, 0, -direction, (column, factor) => model.addEntry(side, column, factor));
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
