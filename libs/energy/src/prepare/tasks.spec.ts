import { describe, expect, it } from '@jest/globals';
import { at, hallOf, nothing } from './hall.fixture.js';

describe('tasks', () => {
  const snow = { id: 'snow', energy_kwh: 60, power_kw: 30, point: 'snow.power' };
  const tasksOf = (from: string, until: string, done: number, interruptible = true) =>
    hallOf(
      { tasks: [{ ...snow, from, until, interruptible }] },
      { measured: { ...nothing, doneKwh: new Map([['hall/snow', done]]) } },
    ).tasks;

  it('have their window of the day, and what is left of it when it is open', () => {
    expect(tasksOf('22:30', '23:45', 0)).toMatchObject([{ energy_kwh: 60, from_slot: 2, until_slot: 7 }]);
    expect(tasksOf('21:00', '23:00', 45)).toMatchObject([{ energy_kwh: 15, from_slot: 0, until_slot: 4 }]);
    expect(tasksOf('21:00', '23:00', 60)).toEqual([]);
  });

  it('that the grid cuts off are left to later plans', () => expect(tasksOf('23:00', '06:00', 0)).toEqual([]));

  it('that have begun and must not pause go on now', () => {
    expect(tasksOf('21:00', '23:45', 45, false)).toMatchObject([{ energy_kwh: 15, from_slot: 0, until_slot: 2 }]);
  });
});

describe('charging at a depot', () => {
  it('is a task in the slots between arrival and departure behind the limit of the chargers, of what is left', () => {
    const site = hallOf(
      {},
      {
        charging: [
          { vehicle: 'bus-01', depot: 'yard', kwh: 40, start: at(-20), end: at(20) },
          { vehicle: 'bus-02', depot: 'yard', kwh: 30, start: at(50), end: at(135) },
        ],
      },
    );
    expect(site.tasks).toEqual([
      {
        task: 'yard.bus-01',
        bus: 'yard.chargers',
        energy_kwh: 20,
        power_kw: 60,
        from_slot: 0,
        until_slot: 2,
        interruptible: true,
      },
      {
        task: 'yard.bus-02',
        bus: 'yard.chargers',
        energy_kwh: 30,
        power_kw: 60,
        from_slot: 4,
        until_slot: 9,
        interruptible: true,
      },
    ]);
    expect(site.units).toMatchObject([
      { unit: 'yard.chargers', capacity_kw: 100, inputs: [{ bus: 'power', per_kw: 1 }] },
    ]);
  });
});
