import { z } from 'zod';
import { epochMs } from '#libs/kernel';

const name = z.string().min(1);
const amount = z.number().min(0);
const count = z.number().int().min(0);
const atLeastOne = z.number().int().min(1);

/** Two weeks of slots of ten minutes: more than any plan looks ahead. */
const MOST_SLOTS = 2016;

/** An instance file, docs/dispatch-instances.md. The shape only; what holds between its parts is in `instance-rules.ts`. */
export const instanceSchema = z.strictObject({
  grid: z.strictObject({
    start: z.number().int().transform(epochMs),
    slotMs: atLeastOne,
    count: atLeastOne.max(MOST_SLOTS),
  }),
  currency: name,
  places: z.array(z.strictObject({ id: name, chargers: count.exactOptional(), charging_kw: amount.exactOptional() })),
  vehicle_types: z.array(
    z.strictObject({
      id: name,
      seats: atLeastOne,
      standing: count,
      accessible: count,
      cost_per_hour: amount,
      cost_per_km: amount,
      battery: z
        .strictObject({
          capacity_kwh: z.number().positive(),
          reserve_kwh: amount,
          kwh_per_km: amount,
          charging_kw: amount,
        })
        .exactOptional(),
    }),
  ),
  vehicles: z.array(
    z.strictObject({
      id: name,
      type: name,
      place: name,
      ready_slot: count,
      until_slot: count.exactOptional(),
      charge_kwh: amount.exactOptional(),
      call_out_cost: amount.exactOptional(),
    }),
  ),
  deadheads: z.array(z.strictObject({ from_place: name, to_place: name, slots: atLeastOne, km: amount })),
  patterns: z.array(
    z.strictObject({
      line: name,
      pattern: name,
      from_place: name,
      to_place: name,
      busy_slots: atLeastOne,
      km: amount,
      stops: z.array(z.strictObject({ stop: name, offset_slots: count })).min(2),
      types: z.array(name).exactOptional(),
      scheduled: z.array(count).exactOptional(),
      least: z.array(count).exactOptional(),
      added: z.array(count).exactOptional(),
      most: z.array(count.nullable()).exactOptional(),
      previous: z.array(count).exactOptional(),
    }),
  ),
  bays: z.array(z.strictObject({ stop: name, bays: count })),
  groups: z.array(
    z.strictObject({
      id: name,
      waiting_cost_per_hour: amount,
      longest_wait_slots: count.exactOptional(),
      late_cost_per_hour: amount,
    }),
  ),
  rides: z.array(
    z.strictObject({
      line: name,
      group: name,
      from_stop: name,
      to_stop: name,
      accessible: z.boolean().exactOptional(),
      waiting: amount,
      arrivals: z.array(amount),
      board_by_slot: count.exactOptional(),
      then: count.exactOptional(),
    }),
  ),
  under_way: z.array(z.strictObject({ pattern: name, vehicle: name, type: name, slot: z.number().int() })),
  prices: z.strictObject({ change_cost: amount, missed_cost: amount, left_wait_slots: amount }),
});
