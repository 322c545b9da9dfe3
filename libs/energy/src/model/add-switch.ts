import { type Connection, mostPower, type SiteProblem, type TransferSwitch, valueAt } from '../problem.js';
import type { Meter } from './add-meters.js';
import type { Columns, EnergyModel } from './energy-model.js';
import { mayClose } from './may-close.js';

/** By connection of the switch: whether it is closed. One is, unless none is alive; only through that one anything flows. */
export const addSwitch = (
  model: EnergyModel,
  site: SiteProblem,
  one: TransferSwitch,
  meters: readonly Meter[],
): readonly Columns[] => {
  const { switch: name, connections, most_operations } = one;
  const most = model.addRow(`operations ${name}`, { upper: most_operations });
  const all = connections.map((connection) => {
    const at = site.connections.findIndex((other) => other.connection === connection);
    return addThrow(model, site, one, site.connections[at], meters[at], most);
  });
  for (let slot = 0; slot < model.slots; slot += 1) {
    const row = model.addRow(`one of ${name}`, { upper: 1 }, slot);
    for (const columns of all) model.addEntry(row, columns[slot], 1);
  }
  return all;
};

/** At most one connection of an interlock is closed. */
export const addInterlocks = (
  model: EnergyModel,
  { site, switches = [], interlocks = [] }: SiteProblem,
  columns: readonly (readonly Columns[])[],
): void => {
  for (const { interlock, connections } of interlocks) {
    for (let slot = 0; slot < model.slots; slot += 1) {
      const row = model.addRow(`interlock ${site} ${interlock}`, { upper: 1 }, slot);
      for (const [at, one] of switches.entries())
        for (const [index, connection] of one.connections.entries())
          if (connections.includes(connection)) model.addEntry(row, columns[at]?.[index]?.[slot], 1);
    }
  }
};

/** One connection of a switch. `most`: the row that counts what is opened though it might stay closed. */
const addThrow = (
  model: EnergyModel,
  site: SiteProblem,
  { switch: name, closed, operation_cost, min_closed_slots = 0, closed_slots = Infinity, held = [] }: TransferSwitch,
  connection: Connection | undefined,
  meter: Meter | undefined,
  most: number,
): Columns => {
  const at = `${name} ${connection?.connection}`;
  const isFree = (slot: number): boolean => connection !== undefined && mayClose(site, connection.connection, slot);
  const wasClosed = connection?.connection === closed;
  /** The first slot of those in a row, up to one, in which it may be closed. */
  let free = 0;
  const isClosed = model.addColumns(`closed ${at}`, (slot) => {
    if (!isFree(slot)) free = slot + 1;
    const isKept = wasClosed && free === 0 && slot < min_closed_slots - closed_slots;
    const isHeld = connection !== undefined && held[slot] === connection.connection;
    return { integer: true, upper: isFree(slot) ? 1 : 0, lower: isKept || isHeld ? 1 : 0 };
  });
  const closes = model.addColumns(`operated ${at}`, () => ({ upper: 1, cost: Math.max(operation_cost, model.tie) }));
  free = 0;
  for (let slot = 0; slot < model.slots; slot += 1) {
    const through = model.addRow(`through ${at}`, { upper: 0 }, slot);
    for (const columns of meter ? [meter.import, meter.importOver, meter.export, meter.exportOver] : [])
      model.addEntry(through, columns[slot], 1);
    model.addEntry(through, isClosed[slot], -mostThrough(site, slot));
    const before = slot === 0 && wasClosed ? 1 : 0;
    const turned = model.addRow(`closes ${at}`, { upper: before }, slot);
    model.addEntry(turned, isClosed[slot], 1);
    if (slot > 0) model.addEntry(turned, isClosed[slot - 1], -1);
    model.addEntry(turned, closes[slot], -1);
    if (!isFree(slot)) {
      free = slot + 1;
      continue;
    }
    const opens = model.addColumn(`opened ${at}`, { upper: 1 }, slot);
    const left = model.addRow(`opens ${at}`, { lower: before }, slot);
    model.addEntry(left, opens, 1);
    model.addEntry(left, isClosed[slot], 1);
    if (slot > 0) model.addEntry(left, isClosed[slot - 1], -1);
    model.addEntry(most, opens, 1);
    if (min_closed_slots <= 1) continue;
    const kept = model.addRow(`kept closed ${at}`, { upper: 0 }, slot);
    model.addEntry(kept, isClosed[slot], -1);
    for (let from = Math.max(free, slot - min_closed_slots + 1); from <= slot; from += 1)
      model.addEntry(kept, closes[from], 1);
  }
  return isClosed;
};

/** More than can ever flow through a connection of a site. */
const mostThrough = ({ loads, supplies, stores, units, tasks }: SiteProblem, slot: number): number => {
  const flows = [
    ...loads.map(({ power_kw }) => valueAt(power_kw, slot)),
    ...supplies.map(({ available_kw }) => valueAt(available_kw, slot)),
    ...stores.map(({ charge_kw, discharge_kw }) => mostPower(charge_kw) + mostPower(discharge_kw)),
    ...units.map(({ capacity_kw, inputs, outputs }) =>
      [...inputs, ...outputs].reduce((sum, { per_kw }) => sum + per_kw * valueAt(capacity_kw, slot), 0),
    ),
    ...tasks.map(({ power_kw }) => power_kw),
  ];
  return 1 + flows.reduce((sum, kw) => sum + kw, 0);
};
