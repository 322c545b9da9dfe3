import { mostPower, type SiteProblem, type TransferSwitch, valueAt } from '../problem.js';
import { isAlive, type Meter } from './add-meters.js';
import type { Columns, EnergyModel } from './energy-model.js';

/** By connection of the switch: whether it is closed. One is, unless none is alive; only through that one anything flows. */
export const addSwitch = (
  model: EnergyModel,
  site: SiteProblem,
  { switch: name, connections, closed, operation_cost, most_operations }: TransferSwitch,
  meters: readonly Meter[],
): readonly Columns[] => {
  const most = model.addRow(`operations ${name}`, { upper: most_operations });
  const all = connections.map((connection) => {
    const at = site.connections.findIndex((one) => one.connection === connection);
    const one = site.connections[at];
    const meter = meters[at];
    const isClosed = model.addColumns(`closed ${name} ${connection}`, (slot) => ({
      integer: true,
      upper: one && isAlive(one, slot) ? 1 : 0,
    }));
    const operated = model.addColumns(`operated ${name} ${connection}`, () => ({
      upper: 1,
      cost: Math.max(operation_cost, model.tie),
    }));
    for (let slot = 0; slot < model.slots; slot += 1) {
      const through = model.addRow(`through ${name} ${connection}`, { upper: 0 }, slot);
      for (const columns of meter ? [meter.import, meter.importOver, meter.export, meter.exportOver] : [])
        model.addEntry(through, columns[slot], 1);
      model.addEntry(through, isClosed[slot], -mostThrough(site, slot));
      const closes = model.addRow(
        `closes ${name} ${connection}`,
        { upper: slot === 0 && connection === closed ? 1 : 0 },
        slot,
      );
      model.addEntry(closes, isClosed[slot], 1);
      if (slot > 0) model.addEntry(closes, isClosed[slot - 1], -1);
      model.addEntry(closes, operated[slot], -1);
      model.addEntry(most, operated[slot], 1);
    }
    return isClosed;
  });
  for (let slot = 0; slot < model.slots; slot += 1) {
    const one = model.addRow(`one of ${name}`, { upper: 1 }, slot);
    for (const columns of all) model.addEntry(one, columns[slot], 1);
  }
  return all;
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
