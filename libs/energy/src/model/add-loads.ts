import { isPower, type Load, type SiteProblem, type Supply, valueAt } from '../problem.js';
import { isSupplied } from './add-meters.js';
import type { Columns, EnergyModel } from './energy-model.js';
import type { Tier } from './tiers.js';

/**
 * What is not served of a load: shed at its price where it can be switched off; else only where no connection is alive, or of another bus than power, and then that is a violation. With a
 * connection alive there is always power, over its limit if need be.
 */
export const addLoad = (model: EnergyModel, site: SiteProblem, load: Load): Columns => {
  const { load: name, bus, power_kw, shed_cost_per_kwh } = load;
  const at = `${site.site} ${name}`;
  const shed =
    shed_cost_per_kwh === undefined
      ? model.addViolations({ limit: 'unserved', at, weight: model.hours, tier: tierOfLoad(load) }, (slot) => {
          const asked = valueAt(power_kw, slot);
          return asked <= 0 || (isPower(load) && isSupplied(site, slot)) ? undefined : { upper: asked };
        })
      : model.addColumns(`shed ${at}`, (slot) => {
          const asked = valueAt(power_kw, slot);
          return asked > 0 ? { upper: asked, cost: shed_cost_per_kwh * model.hours } : undefined;
        });
  for (let slot = 0; slot < model.slots; slot += 1) model.feed(site.site, bus, slot, shed[slot], 1);
  return shed;
};

/** What is used of a supply. Between using it and not, it is used. */
export const addSupply = (model: EnergyModel, { site }: SiteProblem, supply: Supply): Columns => {
  const { supply: name, bus, available_kw, cost_per_kwh = 0 } = supply;
  const used = model.addColumns(`used ${site} ${name}`, (slot) => {
    const there = valueAt(available_kw, slot);
    return there > 0 ? { upper: there, cost: (cost_per_kwh - model.tie) * model.hours } : undefined;
  });
  for (let slot = 0; slot < model.slots; slot += 1) model.feed(site, bus, slot, used[slot], 1);
  return used;
};

/** Whose limit it is when a load that cannot be switched off goes without. */
export const tierOfLoad = (load: Load): Tier => {
  if (load.tier !== 'normal') return load.tier;
  return isPower(load) ? 'supply' : 'comfort';
};
