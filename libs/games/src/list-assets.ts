import type { Venue } from './schema.js';

/** What a venue has beside PV and battery that is told by name what to do: loads with a switch, generators, thermal machines, tasks and transfer switches. */
export const listNamedAssets = ({
  loads = [],
  generators = [],
  thermal = [],
  tasks = [],
  switches = [],
}: Pick<Venue, 'loads' | 'generators' | 'thermal' | 'tasks' | 'switches'>): readonly string[] => [
  ...loads.filter(({ shed_cost_per_kwh }) => shed_cost_per_kwh !== undefined).map(({ id }) => id),
  ...generators.map(({ id }) => id),
  ...thermal.map(({ machine }) => machine.id),
  ...tasks.map(({ id }) => id),
  ...switches.map(({ id }) => id),
];
