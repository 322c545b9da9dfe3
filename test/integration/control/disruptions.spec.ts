import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { clockMessage, ordersMessage, topics } from '#libs/telemetry';
import type { DispatchContent, DispatchProblem } from '#libs/transport';
import { ControlWorld, eventually } from './control-world.js';

let world: ControlWorld;

const eventNow = () => {
  const clock = clockMessage.parse(world.heard.get(topics.clock()));
  return epochMs(Math.round(clock.event_ms + (Date.now() - clock.wall_ms) * clock.speed));
};
const findDispatch = async () => {
  const plan = await world.store.plans.findActive('dispatch');
  return plan && { ...plan, content: plan.content as DispatchContent, problem: plan.problem as DispatchProblem };
};
/** The first plan that was begun at `after` or later and passes. */
const findLater = (what: string, after: number, passes: (plan: DispatchContent) => boolean = () => true) =>
  eventually(what, async () => {
    const plan = await findDispatch();
    return plan && plan.created >= after && passes(plan.content) ? plan : undefined;
  });
const ordersOf = (vehicle: string) => ordersMessage.parse(world.heard.get(topics.orders(vehicle)));
const override = (id: string, kind: 'vehicle' | 'road', target: Readonly<Record<string, string>>, from: number) =>
  world.store.operations.addOverride({
    id,
    kind,
    target,
    from: epochMs(from),
    until: epochMs(from + 6 * 60 * MINUTE_MS),
    by: 'Ada',
    reason: 'test',
    ended: null,
  });
/** Slots from a departure to the last call, by pattern. */
const durations = ({ patterns }: DispatchProblem): ReadonlyMap<string, number> =>
  new Map(patterns.map(({ pattern, stops }) => [pattern, stops.at(-1)?.offset_slots ?? 0]));

describe('dispatch when something breaks', () => {
  beforeAll(async () => {
    world = await ControlWorld.open('automatic');
    await world.startControl();
    await eventually('the clock', () => world.heard.get(topics.clock()), 90_000);
  }, 120_000);
  afterAll(() => world.close());

  it('gives the departures of a vehicle out of service to others, and the orders say so', async () => {
    const soon = 40 * MINUTE_MS;
    const before = await eventually('a plan with a departure ahead', async () => {
      const plan = await findDispatch();
      return plan?.content.departures.some(({ departs_ms }) => departs_ms > plan.created + soon) ? plan : undefined;
    });
    const lost = before.content.departures.find(({ departs_ms }) => departs_ms > before.created + soon);
    if (!lost) throw new Error('No departure ahead.');
    await override('out', 'vehicle', { vehicle: lost.vehicle }, eventNow());
    // Only a cycle that begins once it is stored knows it.
    const after = await findLater('a plan without the vehicle', eventNow() + 1);
    const ahead = after.content.departures.filter(({ departs_ms }) => departs_ms > after.created);
    expect(ahead.length).toBeGreaterThan(0);
    expect(ahead.filter(({ vehicle }) => vehicle === lost.vehicle)).toEqual([]);
    expect(after.problem.vehicles.map(({ id }) => id)).not.toContain(lost.vehicle);
    expect(ahead.some(({ line }) => line === lost.line)).toBe(true);
    await eventually('orders without a trip of the vehicle', () =>
      ordersOf(lost.vehicle).trips.every(({ departs }) => departs <= after.created) ? true : undefined,
    );
    await eventually('the line in the orders of others', () =>
      [...world.heard.keys()]
        .filter((topic) => topic.endsWith('/orders') && topic !== topics.orders(lost.vehicle))
        .flatMap((topic) => ordersMessage.parse(world.heard.get(topic)).trips)
        .find(({ line, departs }) => line === lost.line && departs > after.created),
    );
    expect(await world.store.operations.endOverride('out', eventNow())).toBe(true);
    const ended = eventNow();
    const back = await findLater('a plan that knows the vehicle again', ended + 1);
    expect(back.problem.vehicles.map(({ id }) => id)).toContain(lost.vehicle);
  });

  it('drives another way past a closed road, calls later, and says so', async () => {
    const road = 'Epsilon Hall - Marshall Student Center';
    expect(world.pack.roads?.links.some(({ name }) => name === road)).toBe(true);
    const before = await eventually('a plan', findDispatch);
    expect(before.content.notices).toEqual([]);
    const at = eventNow();
    await override('closed', 'road', { road }, at);
    const after = await findLater('a plan with a notice', at, ({ notices }) => notices.length > 0);
    expect(after.content.notices.every((notice) => notice.includes(`${road} closed`))).toBe(true);
    const usual = durations(before.problem);
    const later = [...durations(after.problem)].filter(([pattern, slots]) => slots > (usual.get(pattern) ?? Infinity));
    const cancelled = after.content.notices.filter((notice) => notice.includes('cancelled'));
    expect(later.length + cancelled.length).toBeGreaterThan(0);
    expect(await world.store.operations.endOverride('closed', eventNow())).toBe(true);
    const ended = eventNow();
    const open = await findLater('a plan of open roads', ended + 1);
    expect(open.content.notices).toEqual([]);
  });
});
