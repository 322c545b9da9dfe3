import { z } from 'zod';
import { civilDate, civilTime, clockTime, id, pointId, positive, ratio } from './schema-parts.js';
import { venuesFile } from './venue-schema.js';

/** games.yaml */
export const gamesFile = z.strictObject({
  id,
  name: z.string().min(1),
  version: z.string().min(1),
  time_zone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Rome'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code'),
  /** Days of recording imported before now into an empty database. */
  history_days: z.number().int().min(0).max(56),
  /** The days that the event has, civil. Event time begins at `begin`, or on a day of them that is chosen, and goes on from there. Absent: it has no days of its own, and event time begins now. */
  days: z.strictObject({ first: civilDate, last: civilDate, begin: civilTime }).optional(),
});

/** Forecasts know their quantiles from 10 to 90 %. */
const forecastQuantile = z.number().min(0.1).max(0.9);

/** energy.yaml. Series are `<recording>.<column>`. */
export const energyFile = z.strictObject({
  import_price_per_kwh: z.string(),
  /** Paid for export, as a share of the import price. */
  export_price_ratio: ratio,
  carbon_kg_per_kwh: z.string(),
  carbon_price_per_kg: z.number().min(0),
  /** Plans are made for the quantiles of what was forecast: a high one of load and a low one of sun are careful. Absent: for the forecast itself. */
  risk: z.strictObject({ load_quantile: forecastQuantile, sun_quantile: forecastQuantile }).optional(),
  approval: z.enum(['automatic', 'by_approval']),
});

const vehicleType = z.strictObject({
  id,
  seats: z.number().int().positive(),
  standing: z.number().int().min(0),
  /** Of seats and standing, the places for people who need an accessible one. */
  accessible: z.number().int().min(0),
  /** Seconds that each person takes to board. Absent: 2.5. */
  boarding_s: positive.optional(),
  /** Price of an hour on the road, and of a kilometre, in the pack's currency. */
  cost_per_hour: z.number().min(0),
  cost_per_km: z.number().min(0),
  /** What roads ask of it; absent: nothing is limited. */
  height_m: positive.optional(),
  weight_t: positive.optional(),
  /** It carries snow chains. Absent: no. */
  chains: z.boolean().optional(),
  /** Roads and lanes that it may use beside the public ones. */
  permits: z.array(z.string().min(1)).optional(),
  battery: z
    .strictObject({
      capacity_kwh: positive,
      reserve_kwh: z.number().min(0),
      kwh_per_km: positive,
      charging_kw: positive,
    })
    .optional(),
});

/** At a stop of the feed, or somewhere else. */
const depot = z
  .strictObject({
    id,
    name: z.string().min(1),
    stop: z.string().min(1).optional(),
    lat: z.number().min(-90).max(90).optional(),
    lon: z.number().min(-180).max(180).optional(),
    /** Vehicles that charge at the same time; absent: none. */
    chargers: z.number().int().min(0).optional(),
    /** Most power for all of them, kW; absent: not limited. */
    charging_kw: positive.optional(),
    /** The venue whose grid connection feeds them. Absent: one that is not planned. */
    venue: id.optional(),
  })
  .refine(
    ({ stop, lat, lon }) => (stop !== undefined) !== (lat !== undefined && lon !== undefined),
    'either a stop, or lat and lon',
  );

/** Vehicles `<prefix>-01` to `<prefix>-<count>`, each with its driver. */
const vehicles = z.strictObject({
  prefix: id,
  count: z.number().int().positive().max(999),
  type: id,
  depot: id,
  /** The drivers' hours, or what is booked, each day; past midnight where `to` is before `from`. Absent: always. */
  duty: z.strictObject({ from: clockTime, to: clockTime }).optional(),
  /** Price of calling one out in a plan: reserve vehicles. Absent: 0. */
  call_out_cost: z.number().min(0).optional(),
});

/** Weather that slows traffic; without any it is clear. */
const weather = z.enum(['rain', 'fog', 'snow', 'ice']);

/** The roads under the lines, as GMNS (General Modeling Network Specification) has them; the columns that are read are in docs/routing.md. */
const roads = z.strictObject({
  /** node.csv and link.csv, relative to the pack. */
  nodes: z.string().min(1),
  links: z.string().min(1),
  /** Traffic by civil time of day as a factor of free speed; past midnight where `to` is not after `from`. Where several hold for a road, the lowest counts. */
  speed: z
    .array(
      z.strictObject({
        from: clockTime,
        to: clockTime,
        factor: z.number().gt(0).max(2),
        /** Only of roads with these names. Absent: of all. */
        names: z.array(z.string().min(1)).min(1).optional(),
      }),
    )
    .optional(),
  /** Factor of speed in weather, beside that of the hour. What is not named slows nobody. */
  weather: z.partialRecord(weather, z.number().gt(0).max(1)).optional(),
});

/** People who go from one venue to another: a share of what a gate counts. */
const travel = z.strictObject({
  from: id.describe('venue'),
  to: id.describe('venue'),
  group: id,
  /** Point of the gate counter whose count is shared out. */
  count: z.strictObject({ venue: id, point: z.string() }),
  share: ratio,
  /** Of them, those who need an accessible place; absent: none. */
  accessible_share: ratio.optional(),
});

/** A way of driving a line that its feed does not have: plans may use it, the timetable does not. Stops are those of one of the line's patterns, some left out. */
const linePattern = z.strictObject({
  id,
  /** `express`: passes stops between the line's ends. `short_turn`: leaves out one stretch, at its start, at its end, or where it turns back. */
  kind: z.enum(['express', 'short_turn']),
  /** GTFS stop_ids, in the line's order. */
  calls: z.array(z.string().min(1)).min(2),
  /** From the first call to the last. Absent: as the line takes, less 15 s for each stop that an express passes; a short turn drives straight on where it leaves stops out. */
  minutes: positive.optional(),
});

/** transport.yaml */
export const transportFile = z.strictObject({
  /** GTFS zip, relative to the pack. */
  gtfs: z.string().min(1),
  roads: roads.optional(),
  vehicle_types: z.array(vehicleType).min(1),
  /** Where vehicles stand when nothing is known of them, and where they charge. */
  depots: z.array(depot).min(1),
  fleet: z.array(vehicles).min(1),
  /** From the end of a trip until the next one: least time. */
  layover_s: z.number().min(0),
  /** Client groups of the Games: athletes, officials, media, workforce, spectators. Whose price of waiting is higher boards first. */
  groups: z
    .array(
      z.strictObject({
        id,
        name: z.string().min(1),
        /** Price of one person's hour at a stop, in the pack's currency. */
        waiting_cost_per_hour: positive,
        /** How long they may wait; absent: not limited. */
        longest_wait_minutes: positive.optional(),
        /** Price, beside the waiting, of an hour of waiting too long or of being late for a session. */
        late_cost_per_hour: z.number().min(0),
      }),
    )
    .min(1),
  /** Vehicles that can call at a stop in five minutes; stops that are not named have room. */
  bays: z.array(z.strictObject({ stop: z.string().min(1), bays: z.number().int().positive() })).optional(),
  /** Where people wait for vehicles: how much room there is, and how dense they may stand (Fruin 1971). */
  load_zones: z
    .array(z.strictObject({ stop: z.string().min(1), area_m2: positive, most_per_m2: positive.max(10) }))
    .optional(),
  prices: z.strictObject({
    /** Of one announced departure taken out, or one put in. */
    change_cost: z.number().min(0),
    /** Of a departure of the floor of service that is missing, every five minutes. */
    missed_cost: z.number().min(0),
    /** Who still waits when a plan ends is priced as waiting so much longer. */
    left_wait_minutes: z.number().min(0),
  }),
  /** The share of a venue's gate counts that travels, by line: out of the gate it boards at the venue's stop, into the gate it alighted there. */
  lines: z
    .array(
      z.strictObject({
        /** GTFS route_id. */
        id: z.string().min(1),
        /** Short turns and expresses that plans may use. Absent: none. */
        patterns: z.array(linePattern).optional(),
        rides: z.array(travel),
      }),
    )
    .min(1),
  /** People whose line nobody says: they are shared out to lines and transfers by how they would go. Absent: none. */
  journeys: z.array(travel).optional(),
  approval: z.enum(['automatic', 'by_approval']),
});

/** sessions.yaml: in recorded civil time; they move with the recording. */
export const sessionsFile = z.strictObject({
  recording: id,
  sessions: z.array(z.strictObject({ id, venue: id, name: z.string().min(1), start: civilTime, end: civilTime })),
});

/** A CSV file of equidistant rows that repeat for ever, aligned by civil time and weekday. */
export const recordingEntry = z.strictObject({
  id,
  /** CSV with a header: civil `time`, then one column a series. */
  file: z.string().min(1),
  source: z.string().min(1),
  licence: z.string().min(1),
  /** Time of the first row. */
  start: civilTime,
  step_minutes: z
    .number()
    .int()
    .positive()
    .max(7 * 24 * 60),
  /** Rows; rows * step is a whole number of weeks, so that weekdays stay weekdays when it repeats. */
  rows: z.number().int().positive().max(5_000_000),
});

/** recordings.yaml */
export const recordingsFile = z.strictObject({ recordings: z.array(recordingEntry).min(1) });

/** How a recorded column becomes one reading a minute. `linear`: value at the row's time, straight lines between. `spread`: a count over the row's step, shared out in whole numbers that sum to it. `hold`: the value holds for the step. */
const recorded = z.strictObject({ series: z.string(), scale: positive, rule: z.enum(['linear', 'spread', 'hold']) });

/** What a point is, whoever measures it. */
const measured = {
  /** `<device>.<quantity>`; unique in its venue. */
  id: pointId,
  kind: z.enum([
    'load_power',
    'pv_power',
    'battery_power',
    'battery_soc',
    /** Power of a generator, or of a task, which the load meter does not count. */
    'asset_power',
    /** What a thermal store holds. */
    'store_soc',
    /** Which of its connections a transfer switch has closed. */
    'switch_position',
    'grid_power',
    'count_in',
    'count_out',
    /** Power behind the venue's main meter: one consumer, one phase. */
    'sub_power',
    /** Register of a meter that only counts up. */
    'energy_counter',
    /** Energy between two readings of a counter. */
    'interval_energy',
    /** Anything else that is worth keeping; no planner reads it. */
    'sensor',
  ]),
  unit: z.enum(['kW', 'kWh', 'kVA', 'kvar', 'V', 'A', 'Hz', 'ratio', 'people', 'position', '°C']),
  min: z.number(),
  max: z.number(),
  /** Expected time between readings; the point is stale after three. */
  interval_s: positive,
  /** Fastest change that is possible, in `unit` per second; a faster one is kept as uncertain. Absent: not checked. */
  max_rate_per_s: positive.optional(),
  /** After so long without any change the readings are kept as uncertain. Absent: not checked. */
  stuck_after_s: positive.optional(),
};

const gateway = z.strictObject({
  id: id.refine((value) => value !== 'sessions' && value !== 'setpoints', 'an id other than sessions and setpoints'),
  venue: id,
  points: z
    .array(
      z.strictObject({
        ...measured,
        /** Absent for what the gateway's own plant model measures: battery and grid power. */
        recorded: recorded.optional(),
      }),
    )
    .min(1),
});

/** A device, or a fleet of them behind one topic filter, that speaks its own format. */
const device = z.strictObject({
  id,
  venue: id,
  /** Name of its format: see `profiles` of libs/telemetry. */
  profile: z.string().min(1),
  /** MQTT topic filter of everything that it publishes. */
  topic: z.string().min(1).max(512),
  /** The gateway whose program reads it from a broker at the venue; absent: the platform reads the topic itself. */
  gateway: id.optional(),
  points: z
    .array(
      z.strictObject({
        ...measured,
        /** The profile's name of what is measured. */
        from: z.string().min(1).max(256).optional(),
        /** Unit that the device counts in; absent where its format says so. */
        source_unit: z.string().min(1).max(32).optional(),
        /** Multiplied in: a current transformer's ratio, or -1 for a clamp the wrong way round. */
        factor: z
          .number()
          .refine((value) => value !== 0, 'a factor other than 0')
          .optional(),
        /** Instead of `from`: made by difference of this energy counter of the same device; power in kW, or energy in kWh. */
        difference_of: pointId.optional(),
        /** Of a counter: the value, in `unit`, at which it starts again from 0. */
        rollover_at: positive.optional(),
      }),
    )
    .min(1),
});

/** devices.yaml */
export const devicesFile = z.strictObject({ gateways: z.array(gateway).min(1), devices: z.array(device).optional() });

export const packFiles = {
  'games.yaml': gamesFile,
  'venues.yaml': venuesFile,
  'energy.yaml': energyFile,
  'transport.yaml': transportFile,
  'sessions.yaml': sessionsFile,
  'recordings.yaml': recordingsFile,
  'devices.yaml': devicesFile,
} as const;

export type Games = z.infer<typeof gamesFile>;
export type { Feeder, Venue } from './venue-schema.js';
export type EnergySettings = z.infer<typeof energyFile>;
export type TransportSettings = z.infer<typeof transportFile>;
export type VehicleType = z.infer<typeof vehicleType>;
export type PackPattern = z.infer<typeof linePattern>;
export type Travel = z.infer<typeof travel>;
export type RoadSettings = z.infer<typeof roads>;
export type Weather = z.infer<typeof weather>;
export type RecordingEntry = z.infer<typeof recordingEntry>;
export type SessionEntry = z.infer<typeof sessionsFile>['sessions'][number];
export type Gateway = z.infer<typeof devicesFile>['gateways'][number];
export type Device = NonNullable<z.infer<typeof devicesFile>['devices']>[number];
export type DevicePoint = Device['points'][number];
/** What is known of a point, whoever measures it. */
export type Point = Gateway['points'][number];
export type RecordedRule = NonNullable<Point['recorded']>;

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
