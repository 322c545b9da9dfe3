import type { Venue } from '#libs/games';

type Refusal = (value: number) => string | undefined;

const refuseBattery =
  ({ id, battery }: Venue): Refusal =>
  (value) => {
    if (!battery) return `${id} has no battery`;
    const { power_kw: limit } = battery;
    return Math.abs(value) <= limit ? undefined : `${value} kW is outside -${limit} to ${limit} kW`;
  };

const refusePv =
  ({ id, pv }: Venue): Refusal =>
  (value) => {
    if (!pv) return `${id} has no PV`;
    return value >= 0 ? undefined : `a feed-in limit of ${value} kW is negative`;
  };

const within =
  (most: number): Refusal =>
  (value) =>
    value >= 0 && value <= most ? undefined : `${value} kW is outside 0 to ${most} kW`;

const positionOf =
  (count: number): Refusal =>
  (value) =>
    Number.isInteger(value) && value >= 1 && value <= count ? undefined : `${value} is no position of 1 to ${count}`;

/** What takes setpoints at a venue, by name, and why it does not take a value. */
export const refusalsOf = (venue: Venue): ReadonlyMap<string, Refusal> =>
  new Map<string, Refusal>([
    ['battery', refuseBattery(venue)],
    ['pv', refusePv(venue)],
    ...(venue.loads ?? [])
      .filter(({ shed_cost_per_kwh }) => shed_cost_per_kwh !== undefined)
      .map(({ id }) => [id, within(Infinity)] as const),
    ...(venue.generators ?? []).map(({ id, capacity_kw }) => [id, within(capacity_kw)] as const),
    ...(venue.thermal ?? []).map(({ machine }) => [machine.id, within(machine.capacity_kw)] as const),
    ...(venue.switches ?? []).map(({ id, connections }) => [id, positionOf(connections.length)] as const),
    ...(venue.tasks ?? []).map(({ id, power_kw }) => [id, within(power_kw)] as const),
  ]);
