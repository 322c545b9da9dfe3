import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { OverrideRule } from '#libs/planning';
import { setpointCommands, SetpointPublisher } from './setpoint-commands.js';

const pack = { games: { time_zone: 'UTC' }, feeders: [], venues: [] };
const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const slot = (from: number, value: number) => ({
  venue: 'hall',
  asset: 'battery' as const,
  from_ms: at(from),
  until_ms: at(from + 15),
  value,
  unit: 'kW' as const,
});
const plan = { id: 'energy-7', valid_until: at(30), content: { setpoints: [slot(0, 10), slot(15, 20)] } };
const override: OverrideRule = {
  id: 'o1',
  kind: 'setpoint',
  target: { venue: 'hall', asset: 'battery', value: -5 },
  from: at(5),
  until: at(20),
  ended: null,
};

/** A broker that notes what it is given, and takes it or not. */
const bench = () => {
  const sent: object[] = [];
  const broker = { takes: true };
  let seq = 0;
  const publishRetained = (topic: string, message: object) => {
    if (broker.takes) sent.push({ topic, ...message });
    return Promise.resolve(broker.takes);
  };
  const publisher = new SetpointPublisher({ publishRetained }, () => Promise.resolve(++seq));
  return { publisher, sent, broker };
};

describe('setpointCommands', () => {
  it('lets a setpoint outlive its slot by ten minutes', () => {
    expect(setpointCommands(pack, plan, [], at(1))).toEqual([
      {
        topic: 'venueflow/v1/hall/setpoints/battery',
        message: { plan: 'energy-7', from: at(0), valid_until: at(25), value: 10, unit: 'kW' },
      },
    ]);
  });

  it('says nothing for a plan that has run out', () => {
    expect(setpointCommands(pack, { ...plan, valid_until: at(1) }, [], at(1))).toEqual([]);
  });

  it('never lets an override outlive its end', () => {
    expect(setpointCommands(pack, plan, [override], at(16))[0]?.message).toEqual({
      plan: 'override:o1',
      from: at(15),
      valid_until: at(20),
      value: -5,
      unit: 'kW',
    });
  });
  it('lets a correction stand over the plan for a few minutes, with its reason', () => {
    const correction = { asset: 'hall/battery', value_kw: -12.34, reason: 'import at hall would be 105 kW of 100 kW' };
    expect(setpointCommands(pack, plan, [], epochMs(at(3) + 500), [correction])).toEqual([
      {
        topic: 'venueflow/v1/hall/setpoints/battery',
        message: {
          plan: 'corrective',
          from: at(3),
          valid_until: at(8),
          value: -12.3,
          unit: 'kW',
          reason: correction.reason,
        },
      },
    ]);
  });
});

describe('SetpointPublisher', () => {
  it('says the same only once, and what changed under a higher seq', async () => {
    const { publisher, sent } = bench();
    await publisher.publish(setpointCommands(pack, plan, [], at(1)), at(1));
    await publisher.publish(setpointCommands(pack, plan, [], at(2)), at(2));
    await publisher.publish(setpointCommands(pack, plan, [], at(15)), at(15));
    expect(sent).toMatchObject([
      { seq: 1, value: 10, issued: at(1) },
      { seq: 2, value: 20, issued: at(15) },
    ]);
  });

  it('says it again when the broker did not take it, or may have forgotten it', async () => {
    const { publisher, sent, broker } = bench();
    broker.takes = false;
    await publisher.publish(setpointCommands(pack, plan, [], at(1)), at(1));
    broker.takes = true;
    await publisher.publish(setpointCommands(pack, plan, [], at(2)), at(2));
    publisher.forget();
    await publisher.publish(setpointCommands(pack, plan, [], at(3)), at(3));
    expect(sent).toHaveLength(2);
  });

  it('ends an override at once where no plan takes over', async () => {
    const { publisher, sent } = bench();
    await publisher.publish(setpointCommands(pack, undefined, [override], at(6)), at(6));
    await publisher.publish(setpointCommands(pack, undefined, [], at(7)), at(7));
    await publisher.publish(setpointCommands(pack, undefined, [], at(8)), at(8));
    expect(sent).toMatchObject([
      { seq: 1, value: -5, valid_until: at(20) },
      { seq: 2, value: -5, valid_until: at(7) },
    ]);
  });

  it('withdraws a correction that is over, and a load that a newer plan does not shed any more', async () => {
    const { publisher, sent } = bench();
    const kitchen = { ...slot(0, 3), asset: 'kitchen' };
    const shedding = { ...plan, content: { setpoints: [slot(0, 10), kitchen] } };
    const off = { asset: 'hall/lights', value_kw: 0, reason: 'r' };
    await publisher.publish(setpointCommands(pack, shedding, [], at(1), [off]), at(1));
    sent.length = 0;
    await publisher.publish(setpointCommands(pack, { ...plan, id: 'energy-8' }, [], at(2)), at(2));
    expect(sent).toMatchObject([
      { topic: 'venueflow/v1/hall/setpoints/battery', plan: 'energy-8' },
      { topic: 'venueflow/v1/hall/setpoints/kitchen', plan: 'energy-7', valid_until: at(2) },
      { topic: 'venueflow/v1/hall/setpoints/lights', plan: 'corrective', valid_until: at(2) },
    ]);
  });

  it('leaves what a plan said last in force when the plan has run out', async () => {
    const { publisher, sent } = bench();
    await publisher.publish(setpointCommands(pack, plan, [], at(29)), at(29));
    await publisher.publish(setpointCommands(pack, plan, [], at(31)), at(31));
    expect(sent).toMatchObject([{ value: 20, valid_until: at(40) }]);
  });
});
