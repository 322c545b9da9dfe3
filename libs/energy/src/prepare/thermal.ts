import type { Venue } from '#libs/games';
import type { Store, Unit } from '../problem.js';
import { assetKey, type EnergyInputs } from './energy-inputs.js';

type Thermal = NonNullable<Venue['thermal']>[number];

/** Thermal stores of which it is known what they hold. The machine of another follows what is asked, within the metered load. */
export const plannedThermals = ({ measured }: EnergyInputs, { id: venue, thermal = [] }: Venue): readonly Thermal[] =>
  thermal.filter(({ id }) => measured?.stored.has(assetKey(venue, id)));

/** Its bus bears its id. */
export const thermalStore = ({ measured }: EnergyInputs, { id: venue }: Venue, { id, store }: Thermal): Store => ({
  store: id,
  bus: id,
  capacity_kwh: store.capacity_kwh,
  charge_kw: store.power_kw,
  discharge_kw: store.power_kw,
  charge_efficiency: 1,
  discharge_efficiency: 1,
  loss_ratio_per_hour: store.loss_ratio_per_hour,
  wear_cost_per_kwh: 0,
  soc_min_ratio: store.soc_min_ratio,
  soc_max_ratio: store.soc_max_ratio,
  soc_ratio: measured?.stored.get(assetKey(venue, id)) ?? store.initial_soc_ratio,
});

/** Its level is kW of cold or heat. */
export const thermalMachine = ({ id: bus, machine }: Thermal): Unit => ({
  unit: machine.id,
  capacity_kw: machine.capacity_kw,
  outputs: [{ bus, per_kw: 1 }],
  inputs: [{ bus: 'power', per_kw: 1 / machine.cop }],
  cost_per_kwh: 0,
});
