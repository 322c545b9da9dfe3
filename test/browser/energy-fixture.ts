import type { EnergyDocument } from '../../apps/platform/src/api/energy/energy.schema.js';

const STEP_MS = 900_000;
const PAST = 48;
const AHEAD = 96;

type Plan = NonNullable<EnergyDocument['plan']>;
type SitePlan = Plan['sites'][number];

/** A day of the campus as an energy manager would fear it: a generator, an ice floor, snow guns, load that is shed, and limits of every kind that do not hold. `at`: event time now. */
export const fearedDay = (at: number): EnergyDocument => {
  const now = Math.floor(at / STEP_MS) * STEP_MS;
  const ahead = (of: (slot: number) => number): number[] =>
    Array.from({ length: AHEAD }, (_, slot) => rounded(of(slot)));
  const past = (of: (slot: number) => number): number[] =>
    Array.from({ length: PAST }, (_, step) => rounded(of(step - PAST)));
  const slot = (count: number): number => now + count * STEP_MS;
  const wave =
    (mean: number, swing: number, shift = 0) =>
    (at: number) =>
      mean + swing * Math.sin(((at + shift) * 2 * Math.PI) / 96);
  const sun = (most: number) => (at: number) => Math.max(0, most * Math.cos((at * 2 * Math.PI) / 96));
  const nothing = ahead(() => 0);

  const site = (name: string, mean: number, limit: number, more: Partial<SitePlan> = {}): SitePlan => {
    const battery = (at: number) => (at % 48 < 12 ? 40 : at % 48 > 30 ? -40 : 0);
    const load = wave(mean, mean * 0.35, 20);
    const net = (at: number) => load(at) + battery(at) - sun(90)(at);
    return {
      site: name,
      load_kw: ahead(load),
      pv_kw: ahead(sun(90)),
      curtailed_kw: nothing,
      import_kw: ahead((at) => Math.max(0, net(at))),
      export_kw: ahead((at) => Math.max(0, -net(at))),
      battery_kw: ahead(battery),
      generated_kw: nothing,
      unserved_kw: nothing,
      import_limit_kw: ahead(() => limit),
      export_limit_kw: ahead(() => 80),
      stores: [{ store: 'battery', soc_ratio: ahead((at) => 0.5 + 0.35 * Math.sin(at / 12)) }],
      units: [],
      switches: [],
      ...more,
    };
  };
  const sites = [
    site('marshall', 210, 230),
    site('library', 150, 270),
    site('sun_dome', 180, 280, {
      // Its connection is dead for two hours; a generator and shedding carry what they can.
      import_limit_kw: ahead((at) => (at >= 20 && at < 28 ? 0 : 280)),
      generated_kw: ahead((at) => (at >= 20 && at < 28 ? 120 : 0)),
      units: [{ unit: 'genset', level_kw: ahead((at) => (at >= 20 && at < 28 ? 120 : 0)) }],
      unserved_kw: ahead((at) => (at >= 20 && at < 28 ? 45 : 0)),
      curtailed_kw: ahead((at) => (at < 6 ? 30 : 0)),
      stores: [
        { store: 'battery', soc_ratio: ahead((at) => 0.6 + 0.3 * Math.sin(at / 14)) },
        { store: 'ice_floor', soc_ratio: ahead((at) => 0.8 - 0.25 * Math.sin(at / 20)) },
      ],
    }),
    site('health', 140, 260),
    site('engineering', 120, 240, {
      ...{ stores: [], battery_kw: nothing },
      switches: [
        {
          switch: 'transfer',
          steps: [
            { from_ms: slot(0), until_ms: slot(16), connection: 'engineering', feeder: 'south' },
            { from_ms: slot(16), until_ms: slot(96), connection: 'engineering-north', feeder: 'north' },
          ],
        },
      ],
    }),
  ];
  const together = (names: readonly string[]): number[] =>
    nothing.map((_, slot) =>
      sites.reduce(
        (sum, one) => sum + (names.includes(one.site) ? (one.import_kw[slot] ?? 0) - (one.export_kw[slot] ?? 0) : 0),
        0,
      ),
    );
  const feeder = (name: string, parent: string | null, names: string[], limit: (slot: number) => number) => ({
    ...{ feeder: name, parent, limit_kw: ahead(limit), load_kw: together(names).map(rounded) },
  });
  const [north, south] = [
    ['marshall', 'library'],
    ['sun_dome', 'health', 'engineering'],
  ];
  const violation = (
    tier: Plan['violations'][number]['tier'],
    limit: string,
    at: string,
    [from, until]: readonly [number, number],
    worst: number,
    relief: string,
  ): Plan['violations'][number] => ({
    ...{ tier, limit, at, from_ms: slot(from), until_ms: slot(until), worst, relief },
    unit: limit.startsWith('soc') || limit === 'task' ? 'kWh' : 'kW',
  });
  const steps = (name: string, asset: string, kind: Plan['next'][number]['kind'], ...kws: readonly number[]) => ({
    ...{ site: name, asset, kind },
    steps: kws.map((kw, order) => ({ from_ms: slot(order), until_ms: slot(order + 1), kw })),
  });
  return {
    at_ms: at,
    plan: {
      id: 'energy-feared',
      seq: 7,
      created_ms: at - 60_000,
      valid_until_ms: at + 3_600_000,
      currency: 'USD',
      start_ms: now,
      slot_ms: STEP_MS,
      sites,
      feeders: [
        feeder('hill_substation', null, [...north, ...south], () => 1_000),
        feeder('north', 'hill_substation', north, (at) => (at >= 34 && at < 42 ? 150 : 440)),
        feeder('south', 'hill_substation', south, () => 560),
      ],
      violations: [
        violation(
          'life_safety',
          'unserved',
          'sun_dome smoke_extraction',
          [20, 24],
          12.5,
          '12.5 kW of generation or stored power, 9.4 kWh in all',
        ),
        violation(
          'broadcast',
          'unserved',
          'sun_dome field_lights',
          [20, 28],
          32.5,
          '32.5 kW of generation or stored power, 65.0 kWh in all',
        ),
        violation(
          'supply',
          'unserved',
          'sun_dome kitchens',
          [21, 27],
          20,
          '20.0 kW of generation or stored power, 30.0 kWh in all',
        ),
        violation('feeder', 'feeder_limit', 'north', [34, 42], 61.2, '61.2 kW more limit, or so much less behind it'),
        violation('contract', 'import_limit', 'marshall', [2, 9], 48.9, '48.9 kW more import, or so much less load'),
        violation('reserve', 'reserve', 'sun_dome', [8, 16], 75, '75.0 kW of stored power or running reserve'),
        violation(
          'comfort',
          'soc_band',
          'sun_dome ice_floor',
          [30, 33],
          14.2,
          '14.2 kWh wider band, or so much moved in or out before',
        ),
        violation('comfort', 'task', 'library snow_making', [60, 61], 120, '120.0 kWh less to do, or a longer window'),
      ],
      violations_total: 8,
      shadow_prices: [
        { limit: 'feeder_limit', at: 'north', from_ms: slot(30), until_ms: slot(50), price_per_kw: 1.844 },
        { limit: 'import_limit', at: 'marshall', from_ms: slot(0), until_ms: slot(12), price_per_kw: 0.412 },
        { limit: 'export_limit', at: 'health', from_ms: slot(80), until_ms: slot(90), price_per_kw: 0.037 },
      ],
      next: [
        steps('marshall', 'battery', 'store', 40, 40, 38, 0, 0, -25, -25, -20),
        steps('sun_dome', 'battery', 'store', 0, 0, 0, 0, 0, 0, 0, 0),
        steps('sun_dome', 'ice_floor', 'store', 60, 60, 60, 60, 0, 0, 0, 0),
        steps('sun_dome', 'pv', 'supply', 60, 58, 57, 56, 55, 54, 200, 200),
        steps('sun_dome', 'diesel', 'unit', 0, 0, 0, 0, 120, 120, 120, 120),
        steps('library', 'snow_making', 'task', 0, 0, 80, 80, 80, 80, 0, 0),
        steps('library', 'kiosks', 'load', 12, 12, 0, 0, 12, 12, 12, 12),
      ],
      cost: {
        ...{ energy: 2_410, capacity: 310, carbon: 128, wear: 44, generation: 96, shedding: 180 },
        ...{ total: 3_168, without_plan: 3_904 },
      },
      carbon_kg: 1_284,
    },
    measured: {
      from_ms: slot(-PAST),
      step_ms: STEP_MS,
      sites: [...north, ...south].map((name) => ({
        site: name,
        load_kw: past(wave(150, 50, 20)).map((kw, step) => (name === 'health' && step > 10 && step < 20 ? null : kw)),
        pv_kw: past(sun(85)),
        grid_kw: past((at) => wave(150, 50, 20)(at) - sun(85)(at)),
        battery_kw: name === 'engineering' ? [] : past((at) => (at % 24 < -12 ? 35 : -20)),
        soc_ratio: name === 'engineering' ? [] : past((at) => 0.5 + 0.3 * Math.sin(at / 12)),
        stores:
          name === 'sun_dome' ? [{ store: 'ice_floor', soc_ratio: past((at) => 0.7 + 0.1 * Math.sin(at / 9)) }] : [],
        switches: [],
        units: name === 'sun_dome' ? [{ unit: 'genset', level_kw: past(() => 0) }] : [],
      })),
      feeders: [
        { feeder: 'hill_substation', load_kw: past(wave(800, 150, 10)) },
        { feeder: 'north', load_kw: past(wave(330, 70, 10)) },
        { feeder: 'south', load_kw: past(wave(420, 90, 10)) },
      ],
    },
  };
};

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
