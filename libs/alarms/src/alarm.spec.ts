import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochMs } from '#libs/kernel';
import { acknowledge, advance, type Alarm } from './alarm.js';
import { type Condition, PRIORITIES } from './condition.js';

const condition = (raises: boolean, priority: Condition['priority'] = 'high'): Condition => ({
  id: 'feeder_loading:north',
  priority,
  text: 'Feeder north carries 97 kW of 100 kW (97 %).',
  advice: 'Discharge batteries.',
  raises,
});
const at = epochMs;

describe('advance', () => {
  it('raises an alarm with its time, and keeps that time while it stands', () => {
    const raised = advance([], [condition(true)], at(1));
    expect(advance(raised, [condition(true)], at(2))).toMatchObject([{ id: 'feeder_loading:north', since: 1 }]);
  });

  it('raises nothing in the band between clearing and raising', () => {
    expect(advance([], [condition(false)], at(1))).toEqual([]);
  });

  it('keeps a standing alarm in that band, and clears it below', () => {
    const raised = advance([], [condition(true)], at(1));
    const band = advance(raised, [condition(false)], at(2));
    expect(band).toHaveLength(1);
    expect(advance(band, [], at(3))).toEqual([]);
  });

  it('asks again for an acknowledgement when it grows worse, once', () => {
    const seen = acknowledge(advance([], [condition(true)], at(1)), 'feeder_loading:north', 'Ada', at(2)) ?? [];
    const worse = advance(seen, [condition(true, 'critical')], at(3));
    expect(worse).toMatchObject([{ priority: 'critical', acknowledged: null }]);
    const again = acknowledge(worse, 'feeder_loading:north', 'Ada', at(4)) ?? [];
    const flutter = advance(advance(again, [condition(true)], at(5)), [condition(true, 'critical')], at(6));
    expect(flutter).toMatchObject([{ priority: 'critical', acknowledged: { by: 'Ada', at: 4 } }]);
  });

  it('puts the most pressing first', () => {
    const priorities = fc.array(fc.constantFrom(...PRIORITIES), { maxLength: 8 });
    fc.assert(
      fc.property(priorities, (list) => {
        const conditions = list.map((priority, i) => ({ ...condition(true, priority), id: `c:${i}` }));
        const ranks = advance([], conditions, at(1)).map((alarm) => PRIORITIES.indexOf(alarm.priority));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        expect(ranks).toHaveLength(list.length);
      }),
    );
  });
});

describe('acknowledge', () => {
  const standing: readonly Alarm[] = advance([], [condition(true)], at(1));

  it('keeps the first who saw it', () => {
    const first = acknowledge(standing, 'feeder_loading:north', 'Ada', at(2)) ?? [];
    expect(acknowledge(first, 'feeder_loading:north', 'Bob', at(3))).toMatchObject([
      { acknowledged: { by: 'Ada', at: 2 } },
    ]);
  });

  it('knows no alarm that does not stand', () => {
    expect(acknowledge(standing, 'feeder_loading:south', 'Ada', at(2))).toBeUndefined();
  });
});
