import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { checkReason, statesBefore } from '#libs/planning';
import { clockMessage, ordersMessage, topics } from '#libs/telemetry';
import type { DispatchPlan } from '#libs/transport';
import { ControlWorld, eventually } from './control-world.js';

let world: ControlWorld;

const eventNow = () => {
  const clock = clockMessage.parse(world.heard.get(topics.clock()));
  return epochMs(Math.round(clock.event_ms + (Date.now() - clock.wall_ms) * clock.speed));
};
const findProposed = async (kind: 'energy' | 'dispatch', not?: string) => {
  const [plan] = await world.store.plans.list({ kind, state: 'proposed', limit: 1 });
  return plan && plan.id !== not ? plan : undefined;
};
/** A person approves whatever is proposed at the moment. */
const approve = (kind: 'energy' | 'dispatch') =>
  eventually(`an approved ${kind} plan`, async () => {
    const plan = await findProposed(kind);
    if (!plan) return undefined;
    const event = { plan: plan.id, at: eventNow(), state: 'approved' as const, by: 'Ada', reason: null };
    return (await world.store.plans.transition(plan.id, statesBefore('approve'), event)) ? plan : undefined;
  });
/** Departure times of a line in the orders of all vehicles. */
const orderedTimes = (line: string): readonly number[] =>
  [...world.heard]
    .filter(([topic]) => topic.endsWith('/orders'))
    .flatMap(([, message]) => ordersMessage.parse(message).trips)
    .filter((trip) => trip.line === line)
    .map((trip) => trip.departs);

describe('a control role whose plans wait for a person', () => {
  beforeAll(async () => {
    world = await ControlWorld.open('by_approval');
    await world.startControl();
    await eventually('the clock', () => world.heard.get(topics.clock()), 90_000);
    await world.measureCharges(eventNow());
  }, 120_000);
  afterAll(() => world.close());

  it('proposes, and tells nobody anything', async () => {
    const [energy] = await Promise.all([
      eventually('a proposed energy plan', () => findProposed('energy')),
      eventually('a proposed dispatch plan', () => findProposed('dispatch')),
    ]);
    expect(await world.store.plans.findActive('energy')).toBeUndefined();
    expect([...world.heard.keys()]).toEqual([topics.clock()]);
    // The proposal is left to the person: it is not replaced with every cycle.
    const later = epochMs(energy.created + 8 * MINUTE_MS);
    await eventually('two cycles more', () => (eventNow() > later ? true : undefined));
    expect((await findProposed('energy'))?.id).toBe(energy.id);
  });

  it('takes a rejection with its reason, and proposes another', async () => {
    const plan = await eventually('a proposal', () => findProposed('energy'));
    const reason = checkReason(' the ice plant starts at noon ');
    if (!reason.ok) throw new Error(reason.error);
    const event = { plan: plan.id, at: eventNow(), state: 'rejected' as const, by: 'Ada', reason: reason.value };
    expect(await world.store.plans.transition(plan.id, statesBefore('reject'), event)).toBe(true);
    await eventually('another proposal', () => findProposed('energy', plan.id));
    expect((await world.store.plans.find(plan.id))?.state).toBe('rejected');
    expect((await world.store.plans.events(plan.id)).at(-1)).toMatchObject({ reason: 'the ice plant starts at noon' });
  });

  it('follows an approved energy plan within a second or two', async () => {
    const plan = await approve('energy');
    const active = await eventually('the plan active', () => world.store.plans.findActive('energy'), 5_000);
    expect(active.id).toBe(plan.id);
    const [venue] = world.pack.venues;
    const topic = topics.setpoint(venue?.id ?? '', 'battery');
    const setpoint = await eventually('its setpoint', () => world.heard.get(topic));
    expect(setpoint['plan']).toBe(plan.id);
  });

  it('orders an added departure and takes back a cancelled one', async () => {
    await approve('dispatch');
    const plan = await eventually('the plan active', () => world.store.plans.findActive('dispatch'), 5_000);
    const { departures } = plan.content as DispatchPlan;
    const soonest = eventNow() + 30 * MINUTE_MS;
    // Its vehicle has nothing to do after it, and can leave a little later as well.
    const cancelled = departures.find(
      (one) =>
        one.departs_ms > soonest &&
        departures.every(({ vehicle, departs_ms }) => vehicle !== one.vehicle || departs_ms <= one.departs_ms),
    );
    if (!cancelled) throw new Error('The plan has no departure to cancel.');
    const { line, departs_ms } = cancelled;
    await eventually('its order', () => orderedTimes(line).find((time) => time === departs_ms));
    const word = { kind: 'departure' as const, by: 'Ada', reason: 'road closed', ended: null };
    const now = eventNow();
    const until = epochMs(departs_ms + 60 * MINUTE_MS);
    const between = departs_ms + 2 * MINUTE_MS;
    await world.store.operations.addOverride({
      ...word,
      id: 'o-1',
      target: { line, departs_ms, action: 'cancel' },
      from: now,
      until,
    });
    await world.store.operations.addOverride({
      ...word,
      id: 'o-2',
      target: { line, departs_ms: between, action: 'add' },
      from: now,
      until,
    });
    await eventually('the added departure', () => orderedTimes(line).find((time) => time === between));
    expect(orderedTimes(line)).not.toContain(departs_ms);
    const estimate = await world.store.operations.getState('estimate');
    expect(estimate).toMatchObject({ dropped_departures: [] });
  });
});
