import { epochMs } from '#libs/kernel';
import type { PlanState, Provenance } from '#libs/planning';
import type { Override } from '#libs/store';

import type { StoredDispatchPlan, StoredEnergyPlan } from './picture.js';

const START = Date.UTC(2026, 1, 6, 12);
/** Minutes after noon of 6 February 2026. */
export const minute = (count: number): number => START + count * 60_000;

const provenance: Provenance = {
  forecast_run: null,
  data_up_to_ms: START,
  pack_version: '1',
  solver: 'highs',
  solver_status: 'optimal',
  seed: 1,
  objective: 30,
  bound: 30,
  gap_ratio: 0,
  solve_ms: 12,
};
const head = { seq: 1, created: epochMs(START), valid_until: epochMs(minute(60)), provenance };

/** Line A leaves at minutes 0, 10 and 20, line B at 15; eight people wait for A in the first slot. */
export const dispatchPlan = (state: PlanState, id = 'dispatch-1'): StoredDispatchPlan => {
  const grid = { start: epochMs(START), slotMs: 300_000, count: 6 };
  const departure = (line: string, at: number, vehicle: string) => ({
    line,
    pattern: `${line}-1`,
    departs_ms: minute(at),
    vehicle,
  });
  return {
    ...head,
    id,
    kind: 'dispatch',
    state,
    problem: {
      grid,
      currency: 'USD',
      places: [],
      vehicle_types: [],
      vehicles: ['bus-01', 'bus-02'].map((vehicle) => ({ id: vehicle, type: 'bus', place: 'a', ready_slot: 0 })),
      deadheads: [],
      patterns: [],
      bays: [],
      groups: [],
      rides: [],
      under_way: [],
      prices: { change_cost: 3, missed_cost: 60, left_wait_slots: 2 },
    },
    content: {
      grid,
      departures: [
        departure('A', 0, 'bus-01'),
        departure('A', 10, 'bus-01'),
        departure('B', 15, 'bus-02'),
        departure('A', 20, 'bus-02'),
      ],
      lines: [
        { line: 'A', departures: [1, 0, 1, 0, 1, 0], queue: [8, 9, 0, 0, 0, 0], mean_wait_s: 120 },
        { line: 'B', departures: [0, 0, 0, 1, 0, 0], queue: [0, 0, 0, 0, 0, 0], mean_wait_s: 60 },
      ],
      rides: [],
      stops: [],
      vehicles_used: [1, 1, 1, 2, 2, 1],
      unserved: [{ line: 'A', group: 'spectators', from_stop: '401', to_stop: '102', passengers: 3 }],
      blocks: [],
      boardings: [],
      cost: { waiting: 10, late: 0, left: 0, driving: 20, call_out: 0, changes: 0, missed: 0, total: 30 },
      timetable_cost: 40,
      changes: [],
      notices: [],
      shortage: { unserved: [], reliefs: [] },
    },
  };
};

/** Marshall imports 100, then 90 kW in two slots of 15 minutes; its battery discharges at 10 kW. */
export const energyPlan = (state: PlanState, id = 'energy-1'): StoredEnergyPlan => {
  const grid = { start: epochMs(START), slotMs: 900_000, count: 2 };
  const tariff = { import_price_per_kwh: 0.2, export_price_per_kwh: 0.1, carbon_kg_per_kwh: 0.3 };
  return {
    ...head,
    id,
    kind: 'energy',
    state,
    problem: {
      grid,
      currency: 'USD',
      carbon_price_per_kg: 0.1,
      feeders: [{ feeder: 'north', limit_kw: 440 }],
      sites: [
        {
          site: 'marshall',
          connections: [
            { connection: 'marshall', feeder: 'north', import_limit_kw: 300, export_limit_kw: 100, tariff },
          ],
          loads: [{ load: 'load', tier: 'normal', power_kw: [120, 110] }],
          supplies: [{ supply: 'pv', available_kw: 10 }],
          stores: [],
          units: [],
          tasks: [],
        },
      ],
    },
    content: {
      grid,
      sites: [
        {
          site: 'marshall',
          load_kw: [120, 110],
          pv_kw: [10, 10],
          curtailed_kw: [0, 0],
          import_kw: [100, 90],
          export_kw: [0, 0],
          battery_kw: [-10, -10],
          soc_ratio: [0.49, 0.48],
          generated_kw: [0, 0],
          unserved_kw: [0, 0],
          connections: [{ connection: 'marshall', net_kw: [100, 90] }],
          loads: [{ load: 'load', unserved_kw: [0, 0] }],
          supplies: [{ supply: 'pv', used_kw: [10, 10] }],
          stores: [{ store: 'battery', power_kw: [-10, -10], soc_ratio: [0.49, 0.48] }],
          units: [],
          tasks: [],
          switches: [],
        },
      ],
      feeders: [{ feeder: 'north', limit_kw: [440, 440], load_kw: [100, 90] }],
      setpoints: [START, minute(15)].map((from) => ({
        venue: 'marshall',
        asset: 'battery',
        from_ms: from,
        until_ms: from + 900_000,
        value: -10,
        unit: 'kW',
      })),
      violations: [],
      shadow_prices: [],
      cost: {
        energy: 9,
        capacity: 0,
        carbon: 1,
        wear: 1,
        generation: 0,
        shedding: 0,
        stored: 0,
        total: 11,
        without_plan: 12,
      },
      carbon_kg: 14,
    },
  };
};

export const override = (action: 'add' | 'cancel', line: string, at: number): Override => ({
  id: `${action}-${line}-${at}`,
  kind: 'departure',
  target: { line, departs_ms: minute(at), action },
  from: epochMs(START),
  until: epochMs(minute(60)),
  by: 'Ada',
  reason: 'late train',
  ended: null,
});
