import fc from 'fast-check';
import { epochMs } from '#libs/kernel';
import {
  type Commitment,
  type Connection,
  type EnergyProblem,
  type Feeder,
  type Flow,
  type Load,
  POWER,
  type PowerBySoc,
  type Series,
  type SiteProblem,
  type Store,
  type Tariff,
  type Task,
  type TransferSwitch,
  type Transformer,
  type Unit,
  valueAt,
} from '../src/index.js';

const COLD = 'cold';

const numbers = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.round(min * 100), max: Math.round(max * 100) }).map((value) => value / 100);
const flags = fc.boolean();
const rarely = fc.nat(5).map((value) => value === 1);
/** A part that is there or not. */
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> => fc.array(one, { maxLength: 1 });
/** Keys that are there or not. */
const some = <T extends object>(record: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(record, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

export interface Kind {
  readonly slots: number;
  /** With units that are on or off and tasks without a pause: an integer model. */
  readonly committed: boolean;
}

/** Whole problems: a substation with two feeders, sites with every part that a site can have, prices that may be negative, outages, limits that cannot hold. */
export const anyProblem = (kind: Kind): fc.Arbitrary<EnergyProblem> =>
  fc
    .record({
      slotMs: fc.constantFrom(900_000, 3_600_000),
      carbon_price_per_kg: fc.constantFrom(0, 0.1),
      limits: fc.tuple(limitOf(kind, 60), limitOf(kind, 60), limitOf(kind, 80)),
      settled: fc.option(tariffs(kind), { nil: undefined, freq: 4 }),
      ratings: some<Pick<Feeder, 'limit_kva' | 'transformer'>>({
        limit_kva: numbers(10, 60),
        transformer: transformers(kind),
      }),
      sites: fc.array(sites(kind), { minLength: 1, maxLength: 2 }),
    })
    .map(({ slotMs, limits: [north, south, whole], settled, ratings, sites: list, ...rest }) => ({
      grid: { start: epochMs(0), slotMs, count: kind.slots },
      currency: 'EUR',
      feeders: [
        { feeder: 'north', parent: 'substation', limit_kw: north, ...ratings },
        { feeder: 'south', parent: 'substation', limit_kw: south },
        { feeder: 'substation', limit_kw: whole, ...(settled ? { tariff: settled } : {}) },
      ],
      sites: list.map((site, at) => ({
        ...site,
        site: `site ${at}`,
        connections: site.connections.map((one, index) => ({ ...one, connection: `site ${at} grid ${index}` })),
        ...(site.switches ? { switches: site.switches.map((one) => named(one, `site ${at}`)) } : {}),
        ...(site.interlocks
          ? {
              interlocks: site.interlocks.map((one) => ({
                ...one,
                connections: one.connections.map((name) => `site ${at} ${name}`),
              })),
            }
          : {}),
      })),
      ...rest,
    }));

/** Names of a switch's connections, as those of the site become. */
const named = (one: TransferSwitch, site: string): TransferSwitch => ({
  ...one,
  connections: one.connections.map((name) => `${site} ${name}`),
  closed: `${site} ${one.closed}`,
  ...(one.held ? { held: one.held.map((name) => (name === null ? null : `${site} ${name}`)) } : {}),
});

const transformers = (kind: Kind): fc.Arbitrary<Transformer> =>
  fc.record({
    rated_kva: numbers(20, 80),
    ambient_c: fc.oneof(numbers(-10, 35), series(kind, -10, 35)),
    load_before: numbers(0, 1.2),
    price: fc.constantFrom(0, 1000, 100_000),
  });

const series = ({ slots }: Kind, min: number, max: number): fc.Arbitrary<number[]> =>
  fc.array(numbers(min, max), { minLength: slots, maxLength: slots });

const limitOf = (kind: Kind, most: number): fc.Arbitrary<Series> =>
  fc.oneof(
    { arbitrary: fc.constant(1000), weight: 4 },
    { arbitrary: numbers(0, most), weight: 1 },
    { arbitrary: series(kind, most / 2, most), weight: 1 },
  );

const tariffs = (kind: Kind): fc.Arbitrary<Tariff> =>
  fc
    .record({
      prices: fc.oneof(series(kind, 0, 0.6), series(kind, -0.3, 0.6)),
      share: numbers(0, 1),
      carbon_kg_per_kwh: series(kind, 0, 0.5),
      more: some<Pick<Tariff, 'peaks' | 'ramp' | 'spread_kw'>>({
        spread_kw: fc.constantFrom([], [-3, 0, 4], [2]),
        peaks: fc.constantFrom(
          [{ from_slot: -5, until_slot: 2, price_per_kw: 0.5, so_far_kw: 8 }],
          [
            { from_slot: 0, until_slot: 100, price_per_kw: 1, so_far_kw: 0 },
            { from_slot: -9, until_slot: -2, price_per_kw: 1, so_far_kw: 3 },
          ],
        ),
        ramp: fc.record({ price_per_kw: numbers(0, 0.2), before_kw: numbers(-5, 20) }),
      }),
    })
    .map(({ prices, share, more, ...rest }) => ({
      import_price_per_kwh: prices,
      export_price_per_kwh: prices.map((price) => (price > 0 ? price * share : price)),
      ...rest,
      ...more,
    }));

const connections = (kind: Kind): fc.Arbitrary<Connection> =>
  fc
    .record({
      feeder: fc.constantFrom('north', 'south'),
      import_limit_kw: limitOf(kind, 40),
      export_limit_kw: limitOf(kind, 20),
      outage: fc.option(fc.array(fc.constantFrom(0, 1), { minLength: kind.slots, maxLength: kind.slots }), { freq: 2 }),
      tariff: tariffs(kind),
    })
    .map(({ outage, ...rest }) => ({ connection: '', ...rest, ...(outage ? { available: outage } : {}) }));

const loads = (kind: Kind, load: string, bus: string): fc.Arbitrary<Load> =>
  fc
    .record({
      tier: fc.constantFrom('life_safety' as const, 'broadcast' as const, 'normal' as const, 'normal' as const),
      power_kw: series(kind, 0, bus === POWER ? 20 : 12),
      shed_cost_per_kwh: fc.option(numbers(0, 3)),
      bus: fc.constantFrom(bus, bus === POWER ? undefined : bus),
      more: some<Pick<Load, 'power_factor' | 'phase' | 'restrike_min' | 'ups'>>({
        restrike_min: fc.constantFrom(5, 12),
        ups: fc.record({ power_kw: numbers(1, 15), autonomy_min: numbers(1, 20) }),
        power_factor: numbers(0.7, 1),
        phase: fc.constantFrom(1 as const, 2 as const, 3 as const),
      }),
    })
    .map(({ shed_cost_per_kwh: shed, bus: own, more: { ups, ...more }, ...rest }) => ({
      load,
      ...rest,
      ...more,
      ...(own === undefined ? {} : { bus: own }),
      ...(shed !== null && rest.tier === 'normal' ? { shed_cost_per_kwh: shed } : ups ? { ups } : {}),
    }));

const powers: fc.Arbitrary<number | PowerBySoc> = fc.oneof(
  numbers(0, 20),
  fc.constantFrom<PowerBySoc>(
    [
      [0, 5],
      [0.8, 5],
      [1, 1],
    ],
    [
      [0, 2],
      [0.3, 8],
      [1, 9],
    ],
  ),
);

const stores = ({ slots }: Kind, store: string, bus: string): fc.Arbitrary<Store> =>
  fc
    .record({
      capacity_kwh: numbers(1, 40),
      charge_kw: powers,
      discharge_kw: powers,
      charge_efficiency: numbers(0.6, 1),
      discharge_efficiency: numbers(0.6, 1),
      wear_cost_per_kwh: fc.constantFrom(0, 0, 0.02),
      soc_ratio: numbers(0, 1),
      band: fc.array(fc.tuple(numbers(0, 1), numbers(0, 1)), { minLength: slots, maxLength: slots }),
      /** How the band is: 0 as it comes, slot by slot; else wide and steady. */
      steady: fc.nat(3),
      more: some<Pick<Store, 'loss_ratio_per_hour' | 'holding_cost_per_kwh_hour' | 'targets' | 'end_value_per_kwh'>>({
        loss_ratio_per_hour: numbers(0, 0.2),
        holding_cost_per_kwh_hour: numbers(0, 0.01),
        targets: fc.constantFrom([{ slot: 1, soc_ratio: 0.8 }], [{ slot: 2, soc_ratio: 0.2 }], []),
        end_value_per_kwh: numbers(0, 0.5),
      }),
    })
    .map(({ band, steady, more, ...rest }) => {
      const [low, high] = [band.map((both) => Math.min(...both)), band.map((both) => Math.max(...both))];
      return {
        store,
        bus,
        ...rest,
        soc_min_ratio: steady > 0 ? Math.min(low[0] ?? 0, rest.soc_ratio) / 2 : low,
        soc_max_ratio: steady > 0 ? Math.max(high[0] ?? 1, rest.soc_ratio) : high,
        ...more,
      };
    });

const commitments: fc.Arbitrary<Commitment> = fc.record({
  min_kw: numbers(0, 6),
  start_cost: fc.constantFrom(0, 0.5, 2),
  stop_cost: fc.constantFrom(0, 0.3),
  min_up_slots: fc.nat(3),
  min_down_slots: fc.nat(3),
  on: flags,
  slots_so: fc.nat(4),
});

const units = (kind: Kind, unit: string, outputs: readonly Flow[], inputs: readonly Flow[]): fc.Arbitrary<Unit> =>
  fc
    .record({
      capacity_kw: fc.oneof(
        numbers(6, 15),
        series(kind, 0, 15).map(([first = 0, ...rest]) => [Math.max(6, first), ...rest]),
      ),
      cost_per_kwh: fc.constantFrom(0, 0.2, 0.5),
      commitment: fc.option(commitments),
      fuel: fc.option(
        fc.record({
          idle: fc.constantFrom(0, 1),
          steeper: fc.constantFrom(0, 0.2),
          price: numbers(0, 2),
          carbon_kg: numbers(0, 3),
          on_hand: fc.option(numbers(0, 10)),
        }),
      ),
    })
    .map(({ commitment, fuel, ...rest }): Unit => {
      const committed = kind.committed ? commitment : null;
      const from = fuel && committed ? fuel.idle : 0;
      const curve = [
        [0, from],
        [5, from + 1],
        [10, from + 2 + 5 * (fuel?.steeper ?? 0)],
      ] as const;
      return {
        unit,
        outputs,
        inputs,
        ...rest,
        ...(committed ? { commitment: committed } : {}),
        ...(fuel
          ? {
              fuel: {
                curve,
                price: fuel.price,
                carbon_kg: fuel.carbon_kg,
                ...(fuel.on_hand === null ? {} : { on_hand: fuel.on_hand }),
              },
            }
          : {}),
      };
    });

const tasks = (kind: Kind, task: string, bus: string): fc.Arbitrary<Task> =>
  fc
    .record({
      energy_kwh: numbers(0, 5),
      power_kw: numbers(2, 8),
      window: fc.tuple(fc.integer({ min: -1, max: kind.slots - 3 }), fc.integer({ min: 2, max: kind.slots })),
      interruptible: flags,
    })
    .map(({ window: [from_slot, length], interruptible, ...rest }) => ({
      task,
      bus,
      ...rest,
      from_slot,
      until_slot: Math.max(1, from_slot + length),
      interruptible: interruptible || !kind.committed,
    }));

const flow = (bus: string, per_kw: number): Flow => ({ bus, per_kw });

const sites = (kind: Kind): fc.Arbitrary<SiteProblem> =>
  fc
    .record({
      connections: fc.oneof(
        { arbitrary: fc.array(connections(kind), { minLength: 1, maxLength: 2 }), weight: 9 },
        { arbitrary: fc.constant([]), weight: 1 },
      ),
      loads: fc.tuple(maybe(loads(kind, 'lights', POWER)), maybe(loads(kind, 'kitchen', POWER))),
      supplies: maybe(
        fc.record({
          supply: fc.constant('pv'),
          available_kw: series(kind, 0, 25),
          cost_per_kwh: fc.constantFrom(0, 0, 0.1),
        }),
      ),
      stores: maybe(stores(kind, 'battery', POWER)),
      units: fc.tuple(
        maybe(units(kind, 'generator', [flow(POWER, 1)], [])),
        maybe(units(kind, 'trigeneration', [flow(POWER, 1), flow(COLD, 0.5)], [])),
      ),
      tasks: maybe(tasks(kind, 'snow', POWER)),
      ice: fc.option(icePlants(kind)),
      secured: fc.option(fc.subarray(Array.from({ length: kind.slots }, (_, slot) => slot))),
      tie: fc.option(switchTerms),
      held: rarelyHeld(kind),
      second: fc.record({
        terms: switchTerms,
        more: connections(kind),
        another: connections(kind),
        interlocked: rarely,
      }),
    })
    .map(({ loads: asked, stores: kept, units: made, tasks: work, ice, secured, tie, held, second, ...rest }) => ({
      site: '',
      ...rest,
      ...(secured ? { secured_slots: secured } : {}),
      ...(tie && kind.committed && rest.connections.length === 2
        ? tiesOf({ ...tie, ...heldOn(held, rest.connections) }, second, rest.connections)
        : {}),
      loads: [...asked.flat(), ...(ice?.loads ?? [])],
      stores: [...kept, ...(ice?.stores ?? [])],
      units: [...made.flat(), ...(ice?.units ?? [])],
      tasks: [...work, ...(ice?.tasks ?? [])],
    }));

const switchTerms = fc
  .record({
    operation_cost: fc.constantFrom(0, 0.4),
    most_operations: fc.nat(3),
    more: some<Pick<TransferSwitch, 'min_closed_slots' | 'closed_slots'>>({
      min_closed_slots: fc.nat(3),
      closed_slots: fc.nat(2),
    }),
  })
  .map(({ more, ...rest }) => ({ ...rest, ...more }));

/** Slots in which people hold the first switch, and on which of its two connections. */
const rarelyHeld = ({ slots }: Kind): fc.Arbitrary<readonly (0 | 1 | null)[] | null> =>
  fc.option(fc.array(fc.constantFrom(0, 1, null, null), { minLength: slots, maxLength: slots }), { freq: 2 });

/** Nobody holds it on what is dead. */
const heldOn = (
  held: readonly (0 | 1 | null)[] | null,
  connections: readonly Connection[],
): Pick<TransferSwitch, 'held'> => {
  if (!held) return {};
  return {
    held: held.map((index, slot) =>
      index !== null && valueAt(connections[index]?.available ?? 1, slot) > 0 ? `grid ${index}` : null,
    ),
  };
};

/** A switch between two connections; where there are interlocks, a second between two more, of which one must not be closed beside one of the first. */
const tiesOf = (
  tie: Pick<TransferSwitch, 'operation_cost' | 'most_operations'>,
  second: { terms: typeof tie; more: Connection; another: Connection; interlocked: boolean },
  own: readonly Connection[],
): Pick<SiteProblem, 'connections' | 'switches' | 'interlocks'> => {
  const first = { switch: 'tie', connections: ['grid 0', 'grid 1'], closed: 'grid 1', ...tie };
  if (!second.interlocked) return { connections: own, switches: [first] };
  return {
    connections: [...own, second.more, second.another],
    switches: [first, { switch: 'other tie', connections: ['grid 2', 'grid 3'], closed: 'grid 2', ...second.terms }],
    interlocks: [{ interlock: 'spare', connections: ['grid 0', 'grid 2'] }],
  };
};

const icePlants = (kind: Kind): fc.Arbitrary<Pick<SiteProblem, 'loads' | 'stores' | 'units' | 'tasks'>> =>
  fc.record({
    loads: maybe(loads(kind, 'ice', COLD)),
    stores: maybe(stores(kind, 'floor', COLD)),
    units: fc.tuple(units(kind, 'chiller', [flow(COLD, 3)], [flow(POWER, 1)])),
    tasks: maybe(tasks(kind, 'blocks', COLD)),
  });
