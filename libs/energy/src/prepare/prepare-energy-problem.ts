import type { Venue } from '#libs/games';
import type { Interval, SlotGrid } from '#libs/kernel';
import type { EnergyProblem, SiteProblem, Store } from '../problem.js';
import { prepareConnections, prepareFeeders } from './connections.js';
import type { EnergyInputs } from './energy-inputs.js';
import { prepareGenerators } from './generators.js';
import { prepareLoads, prepareSun } from './loads.js';
import { sessionTimes } from './sessions.js';
import { prepareSwitches } from './switches.js';
import { tariffOf } from './tariff.js';
import { prepareCharging, prepareTasks } from './tasks.js';
import { plannedThermals, thermalMachine, thermalStore } from './thermal.js';
import { slotsOf } from './time-slots.js';

/** The problem of one energy cycle, from forecasts and what was last measured. Live cycles and simulated ones both come through here. */
export const prepareEnergyProblem = (inputs: EnergyInputs): EnergyProblem => {
  const { pack, grid, sessions = [] } = inputs;
  const tariff = tariffOf(pack, grid);
  const times = sessionTimes(pack, grid, sessions);
  return {
    grid,
    currency: pack.games.currency,
    carbon_price_per_kg: pack.energy.carbon_price_per_kg,
    feeders: prepareFeeders(inputs),
    sites: pack.venues.map((venue): SiteProblem => {
      const own = times.get(venue.id) ?? [];
      const thermals = plannedThermals(inputs, venue);
      const charging = prepareCharging(inputs, venue);
      return {
        site: venue.id,
        connections: prepareConnections(inputs, venue, tariff),
        loads: prepareLoads(inputs, venue),
        supplies: [prepareSun(inputs, venue)],
        stores: [
          ...prepareBattery(inputs, venue, own),
          ...thermals.map((thermal) => thermalStore(inputs, venue, thermal)),
        ],
        units: [...prepareGenerators(inputs, venue), ...thermals.map(thermalMachine), ...charging.units],
        tasks: [...prepareTasks(inputs, venue), ...charging.tasks],
        ...prepareSwitches(inputs, venue),
        ...(venue.secured_sessions && own.length > 0 && { secured_slots: slotsOf(grid, own) }),
      };
    }),
  };
};

const prepareBattery = (
  { grid, socRatio }: EnergyInputs,
  { id, battery }: Venue,
  sessions: readonly Interval[],
): readonly Store[] => {
  const charge = socRatio.get(id);
  if (!battery || charge === undefined) return [];
  const { session_soc_ratio: wanted } = battery;
  const targets = wanted === undefined ? [] : slotsBefore(grid, sessions).map((slot) => ({ slot, soc_ratio: wanted }));
  return [
    {
      store: 'battery',
      ...sizeOf(battery),
      soc_ratio: charge,
      ...(targets.length > 0 && { targets }),
    },
  ];
};

const sizeOf = ({
  initial_soc_ratio: _initial,
  session_soc_ratio: _wanted,
  power_kw,
  ...size
}: NonNullable<Venue['battery']>) => ({ charge_kw: power_kw, discharge_kw: power_kw, ...size });

/** The last slots that end before sessions start. */
const slotsBefore = (grid: SlotGrid, sessions: readonly Interval[]): readonly number[] =>
  sessions.map(({ start }) => Math.floor((start - grid.start) / grid.slotMs) - 1).filter((slot) => slot >= 0);
