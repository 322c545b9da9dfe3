import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EnergyPlan } from '#libs/energy';
import { listVehicles } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { holdName, rollBackTo } from '#libs/planning';
import { clockMessage, ordersMessage, setpointMessage, topics } from '#libs/telemetry';
import { HISTORY, readHistory } from '../../../apps/platform/src/control/history/history-document.js';
import { ControlWorld, eventually, HISTORY_DAYS } from './control-world.js';

let world: ControlWorld;
let stopFirst: () => Promise<void>;

/** Event time as the platform publishes it. */
const eventNow = () => {
  const clock = clockMessage.parse(world.heard.get(topics.clock()));
  return epochMs(Math.round(clock.event_ms + (Date.now() - clock.wall_ms) * clock.speed));
};
const findActive = (kind: 'energy' | 'dispatch') => world.store.plans.findActive(kind);
const findSetpoint = (venue: string, asset: string) => {
  const message = setpointMessage.safeParse(world.heard.get(topics.setpoint(venue, asset)));
  return message.success ? message.data : undefined;
};

describe('a control role alone on an empty database', () => {
  beforeAll(async () => {
    world = await ControlWorld.open('automatic');
    stopFirst = await world.startControl();
  }, 120_000);
  afterAll(() => world.close());

  it('imports the history, of which nothing counts as published', async () => {
    await eventually('the clock', () => world.heard.get(topics.clock()), 90_000);
    await eventually(
      'all of it',
      async () => readHistory(await world.store.operations.getState(HISTORY))?.done_ratio === 1 || undefined,
      90_000,
    );
    const totals = await world.store.readings.totals();
    const points = world.pack.gateways.reduce((sum, gateway) => sum + gateway.points.length, 0);
    expect(totals).toEqual({ stored: 0, imported: points * HISTORY_DAYS * 24 * 60, rejected: 0 });
  }, 190_000);

  it.each(['energy', 'dispatch'] as const)('makes an %s plan active, with what it was made from', async (kind) => {
    const plan = await eventually(`an active ${kind} plan`, () => findActive(kind));
    // A busy machine may leave the first dispatch plan without a bound, never without a plan.
    expect(['optimal', 'feasible', 'timed_out']).toContain(plan.provenance.solver_status);
    expect(plan.provenance).toMatchObject({ solver: 'highs', pack_version: world.pack.games.version });
    expect(plan.provenance.forecast_run).not.toBeNull();
    expect(plan.provenance.data_up_to_ms).toBeLessThan(plan.created);
    const states = (await world.store.plans.events(plan.id)).map(({ state }) => state);
    expect(states.slice(0, 3)).toEqual(['proposed', 'approved', 'active']);
  });

  it('tells every battery and PV what to do, now and not for ever', async () => {
    for (const { id } of world.pack.venues)
      for (const asset of ['battery', 'pv']) {
        const setpoint = await eventually(`a setpoint of ${id} ${asset}`, () => findSetpoint(id, asset));
        expect(setpoint.from).toBeLessThanOrEqual(setpoint.issued);
        expect(setpoint.valid_until).toBeGreaterThan(setpoint.issued);
        expect(setpoint.valid_until - setpoint.from).toBeLessThanOrEqual(30 * MINUTE_MS);
      }
  });

  it('gives every vehicle its orders, and writes down what left', async () => {
    const vehicles = listVehicles(world.pack.transport).map(({ id }) => id);
    for (const vehicle of vehicles) {
      const orders = await eventually(`orders for ${vehicle}`, () => world.heard.get(topics.orders(vehicle)));
      expect(ordersMessage.safeParse(orders).success).toBe(true);
    }
    const now = eventNow();
    const trips = await world.store.operations.listTrips(epochMs(now - 300 * MINUTE_MS), now);
    for (const vehicle of vehicles) {
      const departs = trips.filter((trip) => trip.vehicle === vehicle).map((trip) => trip.departs);
      expect(new Set(departs).size).toBe(departs.length);
    }
  });

  it('plans again each event-minute, and each five', async () => {
    const first = await findActive('dispatch');
    await eventually('a newer dispatch plan', async () => {
      const plan = await findActive('dispatch');
      return plan && first && plan.seq > first.seq ? plan : undefined;
    });
    const energy = await findActive('energy');
    await eventually('a newer energy plan', async () => {
      const plan = await findActive('energy');
      return plan && energy && plan.created - energy.created >= 4 * MINUTE_MS ? plan : undefined;
    });
  });

  it('publishes an override while it lasts, and the plan again after', async () => {
    const [venue] = world.pack.venues;
    // The imported charges are too old a quarter of an hour after the event's beginning: 15 s of wall time.
    await world.measureCharges(eventNow());
    const now = eventNow();
    await world.store.operations.addOverride({
      id: 'o-1',
      kind: 'setpoint',
      target: { venue: venue?.id ?? '', asset: 'battery', value: -7.5 },
      from: now,
      until: epochMs(now + 60 * MINUTE_MS),
      by: 'Ada',
      reason: 'test of the inverter',
      ended: null,
    });
    const said = await eventually('the override', () => {
      const setpoint = findSetpoint(venue?.id ?? '', 'battery');
      return setpoint?.value === -7.5 ? setpoint : undefined;
    });
    expect(said.plan).toBe('override:o-1');
    expect(await world.store.operations.endOverride('o-1', eventNow())).toBe(true);
    const after = await eventually('the plan again', () => {
      const setpoint = findSetpoint(venue?.id ?? '', 'battery');
      return setpoint?.plan.startsWith('energy-') ? setpoint : undefined;
    });
    expect(after.seq).toBeGreaterThan(said.seq);
  });

  it('tells a transfer switch at once where people hold it, and plans with that', async () => {
    const now = eventNow();
    await world.store.operations.addOverride({
      id: 'o-2',
      kind: 'switch',
      target: { venue: 'engineering', switch: 'transfer', connection: 'engineering-north' },
      from: now,
      until: epochMs(now + 120 * MINUTE_MS),
      by: 'Ada',
      reason: 'work on the other feeder',
      ended: null,
    });
    const said = await eventually('the position', () => {
      const setpoint = findSetpoint('engineering', 'transfer');
      return setpoint?.plan === 'override:o-2' ? setpoint : undefined;
    });
    expect(said).toMatchObject({ value: 2, unit: 'position' });
    const plan = await eventually('a plan that knows it', async () => {
      const found = await findActive('energy');
      return found && found.created >= now ? (found.content as EnergyPlan) : undefined;
    });
    const closed = plan.sites.find(({ site }) => site === 'engineering')?.switches[0]?.closed;
    expect(new Set(closed?.slice(0, 8))).toEqual(new Set(['engineering-north']));
    expect(await world.store.operations.endOverride('o-2', eventNow())).toBe(true);
  });

  it('lets a rolled-back plan stand against the next cycles', async () => {
    const active = await eventually('an active plan', () => findActive('energy'));
    const earlier = (await world.store.plans.list({ kind: 'energy', state: 'superseded', limit: 10 })).at(-1);
    if (!earlier) throw new Error('No earlier plan.');
    const now = eventNow();
    const rollback = rollBackTo({
      target: earlier,
      events: await world.store.plans.events(earlier.id),
      now,
      by: 'Ada',
      reason: 'the new one empties the battery',
    });
    if (!rollback.ok) throw new Error(rollback.error);
    await world.store.operations.putState(holdName('energy'), rollback.value.hold);
    expect(await world.store.plans.activate(earlier.id, rollback.value.event, 'rolled_back')).toBe(true);
    await eventually('a proposal that waits', async () => {
      const [proposed] = await world.store.plans.list({ kind: 'energy', state: 'proposed', limit: 1 });
      return proposed && proposed.seq > active.seq ? proposed : undefined;
    });
    expect((await findActive('energy'))?.id).toBe(earlier.id);
    await eventually('its setpoints', () => {
      const setpoint = findSetpoint(world.pack.venues[0]?.id ?? '', 'battery');
      return setpoint?.plan === earlier.id ? setpoint : undefined;
    });
    await world.store.operations.putState(holdName('energy'), null);
    await eventually('automatic plans again', async () => {
      const plan = await findActive('energy');
      return plan && plan.id !== earlier.id ? plan : undefined;
    });
  });

  it('hands the lead to a second role that stood by, and event time goes on', async () => {
    await world.startControl();
    const before = eventNow();
    await stopFirst();
    expect(clockMessage.parse(world.heard.get(topics.clock())).state).toBe('offline');
    const taken = await eventually('the clock of the second', () => {
      const clock = clockMessage.parse(world.heard.get(topics.clock()));
      return clock.state === 'online' ? clock : undefined;
    });
    expect(taken.event_ms).toBeGreaterThanOrEqual(before);
    const plan = await findActive('dispatch');
    await eventually('a plan of the second', async () => {
      const newer = await findActive('dispatch');
      return newer && plan && newer.seq > plan.seq ? newer : undefined;
    });
  });
});
