/** The files of a small clean pack: two venues on one feeder, one line between them, a journey, a week of hours. */
export const tinyFiles = (): Map<string, string> =>
  new Map([
    [
      'games.yaml',
      `id: tiny
name: Tiny
version: '1'
time_zone: Europe/Rome
currency: EUR
history_days: 1
`,
    ],
    [
      'venues.yaml',
      `feeders:
  - { id: north, name: North, limit_kw: 150 }
venues:
  - id: hall
    name: Hall
    stop: '1'
    grid: { feeder: north, import_limit_kw: 100, export_limit_kw: 0 }
    pv: { rated_kw: 50 }
    battery:
      capacity_kwh: 40
      power_kw: 20
      charge_efficiency: 0.95
      discharge_efficiency: 0.95
      soc_min_ratio: 0.1
      soc_max_ratio: 0.9
      initial_soc_ratio: 0.5
      wear_cost_per_kwh: 0.02
  - id: field
    name: Field
    stop: '2'
    grid: { feeder: north, import_limit_kw: 80, export_limit_kw: 0 }
`,
    ],
    [
      'energy.yaml',
      `import_price_per_kwh: week.price
export_price_ratio: 0.3
carbon_kg_per_kwh: week.carbon
carbon_price_per_kg: 0.1
approval: automatic
`,
    ],
    [
      'transport.yaml',
      `gtfs: feed.zip
vehicle_types:
  - { id: bus, seats: 40, standing: 0, accessible: 2, cost_per_hour: 45, cost_per_km: 1 }
depots:
  - { id: yard, name: Yard, lat: 46.5, lon: 12.1 }
fleet:
  - { prefix: bus, count: 2, type: bus, depot: yard }
layover_s: 300
groups:
  - { id: spectators, name: Spectators, waiting_cost_per_hour: 20, late_cost_per_hour: 40 }
prices: { change_cost: 3, missed_cost: 100, left_wait_minutes: 15 }
lines:
  - id: A
    rides:
      - { from: hall, to: field, group: spectators, count: { venue: hall, point: gates.count_out }, share: 0.7 }
      - { from: field, to: hall, group: spectators, count: { venue: hall, point: gates.count_in }, share: 1 }
journeys:
  - { from: hall, to: field, group: spectators, count: { venue: hall, point: gates.count_out }, share: 0.2 }
approval: by_approval
`,
    ],
    [
      'sessions.yaml',
      `recording: week
sessions:
  - { id: final, venue: hall, name: Final, start: 2006-02-07T18:00, end: 2006-02-07T20:00 }
`,
    ],
    [
      'recordings.yaml',
      `recordings:
  - { id: week, file: week.csv, source: made up, licence: CC0, start: 2006-02-05T00:00, step_minutes: 60, rows: 168 }
`,
    ],
    [
      'devices.yaml',
      `gateways:
  - id: gw-hall
    venue: hall
    points:
      - { id: load.active_power, kind: load_power, unit: kW, min: 0, max: 99, interval_s: 60, recorded: { series: week.load, scale: 2, rule: linear } }
      - { id: pv.active_power, kind: pv_power, unit: kW, min: 0, max: 50, interval_s: 60, recorded: { series: week.load, scale: 1, rule: linear } }
      - { id: battery.active_power, kind: battery_power, unit: kW, min: -20, max: 20, interval_s: 60 }
      - { id: battery.state_of_charge, kind: battery_soc, unit: ratio, min: 0, max: 1, interval_s: 60 }
      - { id: main.active_power, kind: grid_power, unit: kW, min: -50, max: 120, interval_s: 60 }
      - { id: gates.count_in, kind: count_in, unit: people, min: 0, max: 60, interval_s: 60, recorded: { series: week.people, scale: 1, rule: spread } }
      - { id: gates.count_out, kind: count_out, unit: people, min: 0, max: 60, interval_s: 60, recorded: { series: week.people, scale: 1, rule: spread } }
  - id: gw-field
    venue: field
    points:
      - { id: load.active_power, kind: load_power, unit: kW, min: 0, max: 99, interval_s: 60, recorded: { series: week.load, scale: 1, rule: hold } }
      - { id: main.active_power, kind: grid_power, unit: kW, min: 0, max: 99, interval_s: 60 }
`,
    ],
    [
      'week.csv',
      [
        'time,load,people,price,carbon',
        ...Array.from({ length: 168 }, (_, hour) => {
          const time = new Date(Date.UTC(2006, 1, 5, hour)).toISOString().slice(0, 16);
          return `${time},${hour},${hour % 5},0.25,0.2`;
        }),
        '',
      ].join('\n'),
    ],
    // The first bytes of any zip; the feed inside is read elsewhere.
    ['feed.zip', 'PK\u0003\u0004'],
  ]);
