import { stringify } from 'yaml';

import { calendar } from './calendar.mjs';
import { civilOf, DAYS, minuteOf, STEP_MIN } from './days.mjs';
import { fleetOf, vehicleTypes } from './fleet.mjs';
import { lines } from './lines.mjs';
import { powerFigure } from './power.mjs';
import { depots, feeders, isVenue, secondFeeder, sites } from './sites.mjs';

const HEADER = '# Made by make/make-pack.mjs from figures.yaml: change those, and make it anew.\n';
const document = (value) => HEADER + stringify(value, { lineWidth: 0, singleQuote: true, compat: 'yaml-1.1' });

const GROUPS = { athletes: 'Athletes and officials', media: 'Media', workforce: 'Workforce', spectators: 'Spectators' };

const charges = (figures, site) => {
  const depot = depots.find(({ at }) => at === site.id);
  return depot !== undefined && figures.find(`${depot.id}.electric`) !== undefined;
};

const importLimit = (figures, site) =>
  charges(figures, site) ? figures.get('charging.import_limit_kw') : powerFigure(figures, site, 'import_limit_kw');

const exportLimit = (figures, kw) => Math.round(kw * figures.get('export.limit_ratio'));

const batteryOf = (figures, id, secured) => ({
  capacity_kwh: figures.get(`${id}.battery_kwh`),
  power_kw: figures.get(`${id}.battery_kw`),
  charge_efficiency: figures.get('battery.efficiency'),
  discharge_efficiency: figures.get('battery.efficiency'),
  soc_min_ratio: figures.get('battery.soc_min'),
  soc_max_ratio: figures.get('battery.soc_max'),
  initial_soc_ratio: figures.get('battery.initial'),
  wear_cost_per_kwh: figures.get('battery.wear'),
  ...(secured && { session_soc_ratio: figures.get('battery.session') }),
});

/** The part of each kind of site that people or machines depend on, and what may be switched off. */
const loadsOf = (figures, { kind }) => {
  const broadcast = figures.find(`${kind}.broadcast`);
  return [
    { id: 'emergency', tier: 'life_safety', share: figures.get(`${kind}.life_safety`) },
    ...(broadcast === undefined ? [] : [{ id: 'broadcast_compound', tier: 'broadcast', share: broadcast }]),
    {
      id: 'comfort',
      tier: 'normal',
      share: figures.get(`${kind}.comfort`),
      shed_cost_per_kwh: figures.get('comfort.worth'),
    },
  ];
};

const generatorOf = (figures) => {
  const capacity = figures.get('generator.capacity');
  return {
    id: 'genset',
    capacity_kw: capacity,
    min_kw: figures.get('generator.least'),
    start_cost: figures.get('generator.start'),
    stop_cost: 0,
    min_up_minutes: figures.get('generator.least_time'),
    min_down_minutes: figures.get('generator.least_time'),
    fuel: {
      curve: figures.get('generator.fuel').map((litres, quarter) => [(capacity * (quarter + 1)) / 4, litres]),
      price: figures.get('generator.price'),
      carbon_kg: figures.get('generator.carbon'),
      on_hand: figures.get('generator.tank'),
    },
    point: 'genset.active_power',
  };
};

const iceOf = (figures, id) => {
  const cold = figures.get(`${id}.ice_kw`);
  const [least, most] = [figures.get('ice.soc_min'), figures.get('ice.soc_max')];
  return {
    id: 'ice',
    machine: { id: 'ice_plant', capacity_kw: cold, cop: figures.get('ice.cop') },
    store: {
      capacity_kwh: Math.round(cold * figures.get('ice.store_hours')),
      power_kw: Math.round(cold / 2),
      soc_min_ratio: least,
      soc_max_ratio: most,
      initial_soc_ratio: (least + most) / 2,
      loss_ratio_per_hour: figures.get('ice.loss'),
    },
    share: figures.get(`${id}.ice_share`),
    point: 'ice.state',
  };
};

const snowOf = (figures, id) => ({
  id: 'snow_making',
  energy_kwh: figures.get(`${id}.snow_kwh`),
  power_kw: figures.get(`${id}.snow_kw`),
  from: figures.get('snow.from'),
  until: figures.get('snow.until'),
  interruptible: true,
  point: 'snow_making.active_power',
});

const hasGenerator = (site) => isVenue(site) || site.kind === 'media';
const has = (figures, { id }, name) => figures.find(`${id}.${name}`) !== undefined;

export const makeVenues = (figures) =>
  document({
    feeders: feeders.map(({ id, name, parent }) => ({
      id,
      name,
      limit_kw: figures.get(`${id}.limit_kw`),
      ...(parent === undefined ? { peak_price_per_kw_month: figures.get('substation.peak_price') } : { parent }),
    })),
    venues: sites.map((site) => {
      const { id, name, feeder } = site;
      const limit = importLimit(figures, site);
      const second = figures.find(`${id}.second_limit_kw`);
      return {
        id,
        name,
        stop: id,
        grid: { feeder, import_limit_kw: limit, export_limit_kw: exportLimit(figures, limit) },
        ...(second !== undefined && {
          connections: [{ id: `${id}-b`, feeder: secondFeeder[id], import_limit_kw: second, export_limit_kw: 0 }],
        }),
        ...(has(figures, site, 'pv_kw') && { pv: { rated_kw: figures.get(`${id}.pv_kw`) } }),
        ...(has(figures, site, 'battery_kw') && { battery: batteryOf(figures, id, second !== undefined) }),
        loads: loadsOf(figures, site),
        ...(hasGenerator(site) && { generators: [generatorOf(figures)] }),
        ...(has(figures, site, 'ice_kw') && { thermal: [iceOf(figures, id)] }),
        ...(has(figures, site, 'snow_kwh') && { tasks: [snowOf(figures, id)] }),
        ...(second !== undefined && { secured_sessions: true }),
      };
    }),
  });

export const makeSessions = () =>
  document({
    recording: 'people',
    sessions: calendar.map(({ id, venue, name, day, from, to }) => ({
      id,
      venue,
      name,
      start: civilOf(minuteOf(day, from)),
      end: civilOf(minuteOf(day, to)),
    })),
  });

export const makeRecordings = () => {
  const entry = (id, source, minutes) => ({
    id,
    file: `recordings/${id}.csv`,
    source,
    licence: 'Apache-2.0',
    start: civilOf(0),
    step_minutes: minutes,
    rows: (DAYS * 24 * 60) / minutes,
  });
  return document({
    recordings: [
      entry('load', 'Made from figures.yaml: metered load of each site, kW', STEP_MIN),
      entry('sun', 'Made from figures.yaml: output of a roof in each cluster, kW per kW', STEP_MIN),
      entry('people', 'Made from figures.yaml: people through each site’s gates in a quarter hour', STEP_MIN),
      entry('tariff', 'Made from figures.yaml: price and carbon of energy from the grid', 60),
    ],
  });
};

/** A range that holds every value of a series, in round numbers. */
const rangeAbove = (most) => Math.max(10, Math.ceil((most * 1.25) / 10) * 10);

export const makeDevices = (figures, { loads, counts }) => {
  const power = (id, kind, min, max, recorded) => ({
    id,
    kind,
    unit: 'kW',
    min,
    max,
    interval_s: 60,
    ...(recorded && { recorded }),
  });
  const ratio = (id, kind) => ({ id, kind, unit: 'ratio', min: 0, max: 1, interval_s: 60 });
  const gate = (site, way) => {
    const series = counts.get(`${site.id}_${way}`);
    if (!series) return [];
    return {
      id: `gates.count_${way}`,
      kind: `count_${way}`,
      unit: 'people',
      min: 0,
      max: rangeAbove(Math.max(...series) / STEP_MIN),
      interval_s: 60,
      recorded: { series: `people.${site.id}_${way}`, scale: 1, rule: 'spread' },
    };
  };
  const pointsOf = (site) => {
    const { id, cluster } = site;
    const most = rangeAbove(Math.max(...loads.get(id)));
    const limit = importLimit(figures, site) + (figures.find(`${id}.second_limit_kw`) ?? 0);
    const pv = figures.find(`${id}.pv_kw`);
    const battery = figures.find(`${id}.battery_kw`);
    const recorded = (series, scale) => ({ series, scale, rule: 'linear' });
    return [
      power('load.active_power', 'load_power', 0, most, recorded(`load.${id}`, 1)),
      ...(pv === undefined ? [] : [power('pv.active_power', 'pv_power', 0, pv, recorded(`sun.${cluster}`, pv))]),
      ...(battery === undefined
        ? []
        : [
            power('battery.active_power', 'battery_power', -battery, battery),
            ratio('battery.state_of_charge', 'battery_soc'),
          ]),
      power('main.active_power', 'grid_power', -rangeAbove(limit), rangeAbove(limit + (battery ?? 0))),
      ...(hasGenerator(site)
        ? [power('genset.active_power', 'asset_power', 0, figures.get('generator.capacity'))]
        : []),
      ...(has(figures, site, 'ice_kw') ? [ratio('ice.state', 'store_soc')] : []),
      ...(has(figures, site, 'snow_kwh')
        ? [power('snow_making.active_power', 'asset_power', 0, figures.get(`${id}.snow_kw`))]
        : []),
      ...['in', 'out'].flatMap((way) => gate(site, way)),
    ];
  };
  return document({
    gateways: sites.map((site) => ({
      id: `gw-${site.id.replaceAll('_', '-')}`,
      venue: site.id,
      points: pointsOf(site),
    })),
  });
};

const vehicleType = (figures, id) => ({
  id,
  seats: figures.get(`${id}.seats`),
  standing: figures.get(`${id}.standing`),
  accessible: figures.get(`${id}.accessible`),
  cost_per_hour: figures.get(`${id}.hour`),
  cost_per_km: figures.get(`${id}.km`),
  ...(id === 'electric' && {
    battery: {
      capacity_kwh: figures.get('electric.battery'),
      reserve_kwh: figures.get('electric.reserve'),
      kwh_per_km: figures.get('electric.consumption'),
      charging_kw: figures.get('electric.charging'),
    },
  }),
});

const depotOf = (figures, { id, name, at }) => {
  const chargers = figures.get('electric.chargers');
  return {
    id,
    name,
    stop: at,
    ...(figures.find(`${id}.electric`) !== undefined && {
      chargers,
      charging_kw: figures.get('charging.depot_kw'),
      venue: at,
    }),
  };
};

const ridesOf = (figures, rides, line) =>
  rides
    .filter((ride) => ride.line === line)
    .flatMap(({ venue, there, back }) => {
      const ride = (from, to, share) => ({
        from,
        to,
        group: line.group,
        count: { venue: from, point: 'gates.count_out' },
        share,
        ...(line.group === 'spectators' && { accessible_share: figures.get('people.accessible') }),
      });
      return [ride(line.from, venue, there), ride(venue, line.from, back)];
    });

export const makeTransport = (figures, { rides }) =>
  document({
    gtfs: 'gtfs/milano-cortina-2026.zip',
    vehicle_types: vehicleTypes.map((id) => vehicleType(figures, id)),
    depots: depots.map((depot) => depotOf(figures, depot)),
    fleet: depots.flatMap((depot) =>
      fleetOf(figures, depot).map(({ type, count }) => ({
        prefix: `${depot.id}-${type}`,
        count,
        type,
        depot: depot.id,
      })),
    ),
    layover_s: figures.get('dispatch.layover'),
    groups: Object.entries(GROUPS).map(([id, name]) => ({
      id,
      name,
      waiting_cost_per_hour: figures.get(`${id}.waiting_cost`),
      longest_wait_minutes: figures.get(`${id}.longest_wait`),
      late_cost_per_hour: figures.get(`${id}.late_cost`),
    })),
    prices: {
      change_cost: figures.get('dispatch.change_cost'),
      missed_cost: figures.get('dispatch.missed_cost'),
      left_wait_minutes: figures.get('dispatch.left_wait'),
    },
    load_zones: loadZones(figures),
    lines: lines.map((line) => ({ id: line.id, rides: ridesOf(figures, rides, line) })),
    approval: 'automatic',
  });

const loadZones = (figures) =>
  sites
    .filter(({ kind }) => kind === 'indoor' || kind === 'outdoor')
    .map(({ id }) => ({
      stop: id,
      area_m2: Math.max(
        figures.get('load_zone.least'),
        Math.round(figures.get(`${id}.capacity`) * figures.get('load_zone.per_place')),
      ),
      most_per_m2: figures.get('load_zone.density'),
    }));

/** A recording as CSV: civil time, then a column a series. */
export const makeCsv = (columns, minutes, decimals) => {
  const names = [...columns.keys()];
  const rows = Array.from({ length: (DAYS * 24 * 60) / minutes }, (_, row) =>
    [civilOf(row * minutes), ...names.map((name) => String(Number(columns.get(name)[row].toFixed(decimals))))].join(
      ',',
    ),
  );
  return `${[['time', ...names].join(','), ...rows].join('\n')}\n`;
};
