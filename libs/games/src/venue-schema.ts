import { z } from 'zod';
import { civilTime, clockTime, id, notNegative, pointId, positive, ratio } from './schema-parts.js';

const feeder = z.strictObject({
  id,
  name: z.string().min(1),
  limit_kw: positive,
  /** The feeder or substation that it hangs on. Absent: the grid. */
  parent: id.optional(),
  /** Price of a kW of a calendar month's highest quarter hour, of all that hangs on it together. Absent: its peaks cost nothing. */
  peak_price_per_kw_month: notNegative.optional(),
  /** Its main meter: a venue's point of kind sensor, in kW. Absent: it has none. */
  meter: z.strictObject({ venue: id, point: pointId }).optional(),
});

const terms = {
  feeder: id,
  import_limit_kw: positive,
  export_limit_kw: notNegative,
  /** As a feeder's, of this connection alone. */
  peak_price_per_kw_month: notNegative.optional(),
  /** When it is dead, in the event's civil time. */
  outages: z.array(z.strictObject({ from: civilTime, until: civilTime })).optional(),
};

const battery = z.strictObject({
  capacity_kwh: positive,
  power_kw: positive,
  charge_efficiency: z.number().gt(0).max(1),
  discharge_efficiency: z.number().gt(0).max(1),
  soc_min_ratio: ratio,
  soc_max_ratio: ratio,
  initial_soc_ratio: ratio,
  /** Wear per kWh charged or discharged, in the pack's currency. */
  wear_cost_per_kwh: notNegative,
  /** What it holds, at least, when a session of the venue starts. Absent: nothing is asked. */
  session_soc_ratio: ratio.optional(),
});

/** Part of what the venue's load meter counts; the rest is the load `load`, of tier normal, without a switch. */
const load = z
  .strictObject({
    id,
    tier: z.enum(['life_safety', 'broadcast', 'normal']),
    /** Of the metered load. */
    share: ratio.optional(),
    /** The venue's sub_power point that measures it. */
    point: pointId.optional(),
    /** Who pays for it. Absent: the venue's customer. */
    customer: z.string().min(1).optional(),
    /** Field lighting: after a dip of its supply it is dark for so many minutes, until it has struck again. Absent: a dip is nothing to it. */
    restrike_minutes: positive.optional(),
    /** Its own, without a break: so many kW for so many minutes, at least the one in which a switch operates. */
    ups: z.strictObject({ power_kw: positive, autonomy_minutes: z.number().min(1) }).optional(),
    /** It has a switch, and this is the price of a kWh that is not served. Absent: it is never switched off. */
    shed_cost_per_kwh: notNegative.optional(),
  })
  .refine(({ share, point }) => (share === undefined) !== (point === undefined), 'either a share, or a point');

const generator = z.strictObject({
  id,
  capacity_kw: positive,
  /** Least power while it runs. */
  min_kw: notNegative,
  start_cost: notNegative,
  stop_cost: notNegative,
  min_up_minutes: notNegative,
  min_down_minutes: notNegative,
  fuel: z.strictObject({
    /** What it burns in an hour at so many kW; each piece at least as steep as the one before. */
    curve: z.array(z.tuple([notNegative, notNegative])).min(2),
    /** Of a unit of fuel. */
    price: notNegative,
    carbon_kg: notNegative,
    /** Units in the tank for a day. Absent: enough. */
    on_hand: notNegative.optional(),
  }),
  /** The venue's asset_power point that measures it. */
  point: pointId,
});

/** A chiller or heat pump with what holds its cold or heat: ice floor, snow, tank, building. Its kW and kWh are of cold or heat. */
const thermal = z
  .strictObject({
    id,
    machine: z.strictObject({ id, capacity_kw: positive, cop: positive }),
    store: z.strictObject({
      capacity_kwh: positive,
      power_kw: positive,
      /** The band in which quality or comfort holds. */
      soc_min_ratio: ratio,
      soc_max_ratio: ratio,
      initial_soc_ratio: ratio,
      /** Part of what it holds that is lost in an hour. */
      loss_ratio_per_hour: ratio,
    }),
    /** Part of the metered load that its machine takes when it only follows what is asked. */
    share: ratio.optional(),
    /** Or what is asked of it by hour of the day, kW; then the load meter does not count its machine. */
    profile_kw: z.array(notNegative).length(24).optional(),
    /** The venue's store_soc point that measures what it holds. */
    point: pointId,
  })
  .refine(
    ({ share, profile_kw }) => (share === undefined) !== (profile_kw === undefined),
    'either a share, or a profile_kw',
  );

/** Work that is due every day between two times; past midnight where `until` is not after `from`. The load meter does not count it. */
const task = z.strictObject({
  id,
  energy_kwh: positive,
  power_kw: positive,
  from: clockTime,
  until: clockTime,
  /** Absent: it runs once, at one power, without a pause. */
  interruptible: z.boolean().optional(),
  /** The venue's asset_power point that measures it. */
  point: pointId,
});

/** Puts the venue on one of several of its connections, never on two. Its first is the normal one, on which it stands without being told. */
const transferSwitch = z.strictObject({
  id,
  connections: z.array(id).min(2),
  operation_cost: notNegative,
  /** In a day, of its own accord: that it leaves a dead connection is not counted. */
  most_operations: z.number().int().min(0),
  /** What it has closed stays closed so long, unless it goes dead. Absent: 0. */
  min_closed_minutes: notNegative.optional(),
  /** The venue's switch_position point: 1 for the first of its connections, 2 for the second, and 0 where none is closed. */
  point: pointId,
});

/** Connections of a venue's switches of which at most one is closed at a time. */
const interlock = z.strictObject({ id, connections: z.array(id).min(2) });

export const venue = z.strictObject({
  id: id.refine((value) => value !== 'vehicles' && value !== 'platform', 'an id other than vehicles and platform'),
  name: z.string().min(1),
  /** GTFS stop_id at its door. */
  stop: z.string().min(1),
  /** Its grid connection, which bears the venue's id. */
  grid: z.strictObject(terms),
  /** Further grid connections. What the venue's meter shows is of all together. */
  connections: z.array(z.strictObject({ id, ...terms })).optional(),
  /** Connections of no switch are always closed. */
  switches: z.array(transferSwitch).optional(),
  interlocks: z.array(interlock).optional(),
  pv: z.strictObject({ rated_kw: positive }).optional(),
  battery: battery.optional(),
  /** Who pays for its load. Absent: itself. */
  customer: z.string().min(1).optional(),
  loads: z.array(load).optional(),
  generators: z.array(generator).optional(),
  thermal: z.array(thermal).optional(),
  tasks: z.array(task).optional(),
  /** While a session runs, the plan survives the loss of any one feeder, connection or generator. Absent: it need not. */
  secured_sessions: z.boolean().optional(),
});

/** venues.yaml */
export const venuesFile = z.strictObject({ feeders: z.array(feeder).min(1), venues: z.array(venue).min(1) });

export type Venue = z.infer<typeof venue>;
export type Feeder = z.infer<typeof feeder>;
