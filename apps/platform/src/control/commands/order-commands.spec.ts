import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { orderCommands, OrderPublisher } from './order-commands.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const departure = (minutes: number, vehicle = 'bus-1') => ({
  line: 'A',
  pattern: 'A-1',
  departs_ms: at(minutes),
  vehicle,
});
const plan = (id: string, validUntil = 90) => ({ id, valid_until: at(validUntil) });

const bench = () => {
  const sent: object[] = [];
  let seq = 0;
  const publishRetained = (topic: string, message: object) => {
    sent.push({ topic, ...message });
    return Promise.resolve(true);
  };
  return { sent, publisher: new OrderPublisher({ publishRetained }, () => Promise.resolve(++seq)) };
};

describe('orderCommands', () => {
  it('gives each vehicle its own trips, and one without any an empty list', () => {
    expect(orderCommands(plan('dispatch-1'), [departure(10)], ['bus-1', 'bus-2'])).toEqual([
      {
        vehicle: 'bus-1',
        message: {
          plan: 'dispatch-1',
          valid_until: at(90),
          trips: [{ line: 'A', pattern: 'A-1', departs: at(10) }],
        },
      },
      { vehicle: 'bus-2', message: { plan: 'dispatch-1', valid_until: at(90), trips: [] } },
    ]);
  });
});

describe('OrderPublisher', () => {
  it('does not repeat a newer plan that says the same of the trips ahead', async () => {
    const { publisher, sent } = bench();
    await publisher.publish(orderCommands(plan('dispatch-1'), [departure(10), departure(40)], ['bus-1']), at(0));
    await publisher.publish(orderCommands(plan('dispatch-2'), [departure(40)], ['bus-1']), at(11));
    expect(sent).toHaveLength(1);
  });

  it('speaks when a trip ahead changed', async () => {
    const { publisher, sent } = bench();
    await publisher.publish(orderCommands(plan('dispatch-1'), [departure(40)], ['bus-1']), at(0));
    await publisher.publish(orderCommands(plan('dispatch-2'), [departure(45)], ['bus-1']), at(1));
    expect(sent).toMatchObject([{ seq: 1 }, { seq: 2, plan: 'dispatch-2', trips: [{ departs: at(45) }] }]);
  });

  it('renews orders before half of their time is over', async () => {
    const { publisher, sent } = bench();
    await publisher.publish(orderCommands(plan('dispatch-1'), [departure(80)], ['bus-1']), at(0));
    await publisher.publish(orderCommands(plan('dispatch-44', 134), [departure(80)], ['bus-1']), at(44));
    await publisher.publish(orderCommands(plan('dispatch-45', 135), [departure(80)], ['bus-1']), at(45));
    expect(sent).toMatchObject([{ plan: 'dispatch-1' }, { plan: 'dispatch-45', valid_until: at(135) }]);
  });
});
