import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { tinyPack } from './tiny-pack.fixture.js';
import type { Activity } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { followVehicles } from './whereabouts.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const out = { to_place: 'rink', busyMs: 15 * MINUTE_MS, km: 5 };
const problem = {
  grid: { start: at(0), slotMs: 5 * MINUTE_MS, count: 36 },
  vehicles: [{ id: 'bus-01', type: 'bus', place: 'mall', ready_slot: 1, charge_kwh: 100 }],
  deadheads: [{ from_place: 'rink', to_place: 'mall', slots: 2, km: 4 }],
} as unknown as DispatchProblem;
const back: Activity = { kind: 'deadhead', from_place: 'rink', to_place: 'mall', slot: 5, until_slot: 7 };
const electric = { capacity_kwh: 120, reserve_kwh: 10, kwh_per_km: 2, charging_kw: 60 };
const pack = {
  transport: { ...tinyPack.transport, vehicle_types: tinyPack.transport.vehicle_types.map((type) => ({ ...type, battery: electric })) }, // prettier-ignore
};
const follow = (activities: readonly Activity[], departures: readonly number[], until: number) =>
  followVehicles(
    { problem, blocks: [{ vehicle: 'bus-01', activities }] },
    departures.map((minutes) => ({ pattern: 'out', vehicle: 'bus-01', departs_ms: at(minutes) })),
    new Map([['out', out]]),
    pack,
    at(until),
  ).get('bus-01');

describe('followVehicles', () => {
  it('leaves a vehicle where the plan in force had it', () => {
    expect(follow([], [], 60)).toEqual({ place: 'mall', ready: at(5), charge_kwh: 100 });
  });

  it('moves it with what left, and with the empty rides that began', () => {
    expect(follow([back], [5], 20)).toEqual({ place: 'rink', ready: at(20), charge_kwh: 90 });
    expect(follow([back], [5], 26)).toEqual({ place: 'mall', ready: at(35), charge_kwh: 82 });
  });

  it('does not follow an empty ride from where it never came', () => {
    expect(follow([back], [], 60)?.place).toBe('mall');
  });

  it('knows what was charged, up to what the battery holds', () => {
    const charge = { kind: 'charge' as const, place: 'mall', slot: 1, until_slot: 4, kwh: 15 };
    expect(follow([charge], [], 60)).toEqual({ place: 'mall', ready: at(20), charge_kwh: 115 });
    expect(follow([{ ...charge, kwh: 40 }], [], 60)?.charge_kwh).toBe(120);
  });

  it('does not count again what the plan in force knew', () => {
    expect(follow([], [-15], 60)).toEqual({ place: 'mall', ready: at(5), charge_kwh: 100 });
  });

  it('has a late vehicle ready later, and what it drives after that trip too', () => {
    const late = new Map([['bus-01', { departs_ms: at(5), ready: at(32) }]]);
    const followed = (departures: readonly number[], activities: readonly Activity[] = []) =>
      followVehicles(
        { problem, blocks: [{ vehicle: 'bus-01', activities }] },
        departures.map((minutes) => ({ pattern: 'out', vehicle: 'bus-01', departs_ms: at(minutes) })),
        new Map([['out', out]]),
        pack,
        at(60),
        late,
      ).get('bus-01');
    expect(followed([5])).toMatchObject({ place: 'rink', ready: at(32) });
    // Ready at 32 instead of 20: the way back, planned from 25 to 35, ends 7 minutes later.
    expect(followed([5], [back])).toMatchObject({ place: 'mall', ready: at(42) });
  });

  it('knows nothing of vehicles that never left', () => {
    expect(followVehicles(undefined, [], new Map(), pack, at(0)).size).toBe(0);
  });
});
