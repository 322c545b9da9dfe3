import { describe, expect, it } from '@jest/globals';
import { townAndHill, townAndHillPlan } from '../check/town-and-hill.fixture.js';
import { disturb } from './disturb.js';
import { rollForward } from './roll-forward.js';

const at = (slots: number) => rollForward(townAndHill, townAndHillPlan, slots);
const find = <T extends { readonly id: string }>(list: readonly T[], id: string) =>
  list.find((entry) => entry.id === id);

describe('rollForward', () => {
  it('has vehicles where the plan brought them, with the energy that they have then', () => {
    const { vehicles } = at(3);
    expect(find(vehicles, 'bus-1')).toEqual({ id: 'bus-1', type: 'bus', place: 'town', ready_slot: 1, until_slot: 2 });
    expect(find(vehicles, 'electric-1')).toEqual({ id: 'electric-1', type: 'electric', place: 'town', ready_slot: 0, charge_kwh: 5 });
    // It is called out already.
    expect(find(vehicles, 'reserve-1')).toEqual({ id: 'reserve-1', type: 'bus', place: 'town', ready_slot: 0 });
    // The duty of bus-1 ends in slot 5.
    expect(find(at(5).vehicles, 'bus-1')).toBeUndefined();
  }); // prettier-ignore

  it('announces what the plan has yet to do, and counts what it did', () => {
    const { patterns, under_way, grid } = at(3);
    expect(grid.count).toBe(3);
    expect(patterns[0]).toMatchObject({ previous: [0, 1, 0], least: [1, 1, 1], most: [null, 1, null] });
    expect(patterns[1]).toMatchObject({ previous: [0, 0, 0], added: [1, 0, 0] });
    expect(under_way).toEqual([{ pattern: 'back', vehicle: 'bus-1', type: 'bus', slot: -1 }]);
  });

  it('keeps who waits, who comes, and who is on the way to go on', () => {
    const { rides } = at(3);
    expect(rides[0]).toMatchObject({ waiting: 4, arrivals: [0, 0, 1] });
    // Three alight in the town in slot 4.
    expect(rides[3]).toMatchObject({ waiting: 0, arrivals: [3, 0, 0] });
    expect(rides[4]).toMatchObject({ waiting: 0, board_by_slot: 1 });
  });
});

describe('disturb', () => {
  it('takes a vehicle that had a trip to make', () => {
    const { vehicles } = disturb(townAndHill, townAndHillPlan, 'breakdown', 1);
    expect(vehicles.map(({ id }) => id)).toHaveLength(2);
    expect(find(vehicles, 'reserve-1')).toBeDefined();
  });

  it('closes a line and opens a way round', () => {
    const { patterns } = disturb(townAndHill, townAndHillPlan, 'closure', 1);
    expect(patterns.map(({ pattern }) => pattern)).toEqual(['out', 'out-round', 'back', 'back-round']);
    expect(patterns[0]).toMatchObject({ most: [0, 0, 0, 0] });
    expect(patterns[1]).toMatchObject({ busy_slots: 4, stops: [{ offset_slots: 0 }, { offset_slots: 2 }, { offset_slots: 4 }] });
  }); // prettier-ignore

  it('lets the crowd come later', () => {
    const { rides } = disturb(townAndHill, townAndHillPlan, 'overrun', 1);
    const coming = (index: number): number => rides[index]?.arrivals.reduce((sum, people) => sum + people, 0) ?? 0;
    // Forty minutes are past this horizon; the town is the only stop that anybody still comes to.
    expect([coming(0), coming(3)]).toEqual([0, 0]);
  });
});
