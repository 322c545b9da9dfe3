import { describe, expect, it } from '@jest/globals';
import type { Activity, DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { checkDispatch } from './check-dispatch.js';
import { townAndHill as problem, townAndHillPlan as plan } from './town-and-hill.fixture.js';

/** A copy with the entry in one place changed. */
const at = <T>(list: readonly T[], place: number, change: Partial<T>): readonly T[] =>
  list.map((entry, index) => (index === place ? { ...entry, ...change } : entry));

/** The plan with a vehicle's activity in one place changed, or with one more. */
const activity = (vehicle: number, place: number, change: Partial<Activity>): Partial<DispatchPlan> => {
  const activities = plan.blocks[vehicle]?.activities ?? [];
  const next = (
    place < activities.length ? at<Activity>(activities, place, change) : [...activities, change]
  ) as readonly Activity[];
  return { blocks: at(plan.blocks, vehicle, { activities: next }) };
};
const boarding = (place: number, change: Partial<DispatchPlan['boardings'][number]>): Partial<DispatchPlan> => ({
  boardings: at(plan.boardings, place, change),
});
const pattern = (place: number, change: Partial<DispatchProblem['patterns'][number]>): Partial<DispatchProblem> => ({
  patterns: at(problem.patterns, place, change),
});
const ride = (place: number, change: Partial<DispatchProblem['rides'][number]>): Partial<DispatchProblem> => ({
  rides: at(problem.rides, place, change),
});
const vehicle = (place: number, change: Partial<DispatchProblem['vehicles'][number]>): Partial<DispatchProblem> => ({
  vehicles: at(problem.vehicles, place, change),
});

const [trip0] = plan.departures;
if (!trip0) throw new Error('The plan has a departure.');

/** Rule, place in the plan, value there. */
type Expected = readonly [rule: string, path: string, value: string | RegExp];

const brokenPlans: readonly (readonly [what: string, change: Partial<DispatchPlan>, ...expected: Expected])[] = [
  ['A01 another grid', { grid: { ...plan.grid, count: 7 } }, 'same_grid', 'grid.count', '7'],
  ['A02 a vehicle without a block', { blocks: plan.blocks.slice(0, 2) }, 'one_block_a_vehicle', 'blocks', '2'],
  ['A03 a block of another vehicle', { blocks: at(plan.blocks, 1, { vehicle: 'bus-7' }) }, 'order_of_vehicles', 'blocks[1].vehicle', '"bus-7"'],
  ['A04 a departure before the horizon', activity(0, 0, { slot: -1 }), 'within_horizon', 'blocks[0].activities[0].slot', '-1'],
  ['A05 a departure between slots', activity(0, 1, { slot: 2.5 }), 'within_horizon', 'blocks[0].activities[1].slot', '2.5'],
  ['A06 a vehicle that is not ready', activity(1, 0, { slot: 0 }), 'ready', 'blocks[1].activities[0].slot', '0'],
  ['A07 a vehicle in two places', activity(0, 1, { slot: 1 }), 'in_two_places', 'blocks[0].activities[1].slot', '1'],
  ['A08 a trip that ends too soon', activity(0, 1, { until_slot: 3 }), 'duration', 'blocks[0].activities[1].until_slot', '3'],
  ['A09 a trip from where the vehicle is not', activity(2, 0, { kind: 'trip', pattern: 'out', slot: 0, until_slot: 2 }), 'whereabouts', 'blocks[2].activities[0].pattern', '"town"'],
  ['A10 a pattern that does not exist', activity(0, 0, { pattern: 'ring' }), 'known_pattern', 'blocks[0].activities[0].pattern', '"ring"'],
  ['A11 a deadhead that does not exist', activity(2, 0, { to_place: 'hill' }), 'known_deadhead', 'blocks[2].activities[0].to_place', '"hill"'],
  ['A12 charging where the vehicle is not', activity(1, 0, { place: 'town' }), 'whereabouts', 'blocks[1].activities[0].place', '"town"'],

  ['B01 more energy than its charger gives', activity(1, 0, { kwh: 4.5 }), 'charging_power', 'blocks[1].activities[0].kwh', '4.5'],
  ['B02 energy out of the battery', activity(1, 0, { kwh: -1 }), 'not_negative', 'blocks[1].activities[0].kwh', '-1'],
  ['B03 charging without chargers', activity(1, 3, { kind: 'charge', place: 'hill', slot: 5, until_slot: 6, kwh: 1 }), 'has_chargers', 'blocks[1].activities[3].place', '"hill"'],
  ['B04 less than the reserve', activity(1, 0, { kwh: 2.5 }), 'reserve', 'blocks[1].activities[2]', '1.5'],
  ['B05 a vehicle without a battery that charges', activity(2, 0, { kind: 'charge', place: 'depot', slot: 0, until_slot: 1, kwh: 1 }), 'electric', 'blocks[2].activities[0].kind', '"charge"'],
  ['B06 more vehicles than chargers', activity(2, 0, { kind: 'charge', place: 'depot', slot: 1, until_slot: 2, kwh: 0 }), 'chargers', 'places[0]', '2'],
  ['B07 more power than the place has', activity(1, 0, { kwh: 3.6 }), 'place_power', 'places[0]', /^36/],
  ['B08 charging past the horizon', activity(1, 0, { until_slot: 7 }), 'within_horizon', 'blocks[1].activities[0].until_slot', '7'],

  ['C01 a trip that is not listed', { departures: plan.departures.slice(1) }, 'in_the_list', 'blocks[0].activities[0]', /bus-1/],
  ['C02 a listed trip that nobody drives', { departures: [trip0, ...plan.departures] }, 'in_a_block', 'departures[1]', /bus-1/],
  ['C03 departures out of order', { departures: plan.departures.toReversed() }, 'time_order', 'departures[1]', /^18/],

  ['D01 a ride that does not exist', boarding(1, { ride: 9 }), 'known_ride', 'boardings[1].ride', '9'],
  ['D02 boarding a pattern that does not exist', boarding(1, { pattern: 'ring' }), 'known_pattern', 'boardings[1].pattern', '"ring"'],
  ['D03 boarding where the pattern does not go', boarding(1, { pattern: 'back', slot: 2 }), 'serves', 'boardings[1].pattern', '"back"'],
  ['D04 boarding before the horizon', boarding(1, { slot: -1 }), 'within_horizon', 'boardings[1].slot', '-1'],
  ['D05 fewer people than none', boarding(1, { people: -6 }), 'not_negative', 'boardings[1].people', '-6'],
  ['D06 a number of people that is none', boarding(1, { people: NaN }), 'not_negative', 'boardings[1].people', 'null'],
  ['D07 boarding before they come', boarding(1, { people: 8 }), 'who_waits', 'boardings', '8'],
  ['D08 boarding twice', { boardings: [...plan.boardings, { ride: 0, pattern: 'out', slot: 4, people: 2 }] }, 'who_waits', 'boardings', '6'],
  ['D09 boarding a departure that does not leave', boarding(5, { slot: 3 }), 'load', 'boardings', '4'],
  ['D10 going on before they alight', boarding(6, { slot: 3 }), 'who_waits', 'boardings', '3'],

  ['E01 people who vanish', { rides: at(plan.rides, 0, { queue: [4, 4, 4, 4, 0, 0] }) }, 'people_conserved', 'rides[0].queue[5]', '0'],
  ['E02 people late who are not shown', { rides: at(plan.rides, 4, { late: [0, 0, 0, 0, 0, 0] }) }, 'people_conserved', 'rides[4].late[1]', '0'],
  ['E03 a queue of too few slots', { rides: at(plan.rides, 0, { queue: [4] }) }, 'one_entry_a_slot', 'rides[0].queue', '1'],
  ['E04 a ride without a flow', { rides: plan.rides.slice(0, 5) }, 'one_flow_a_ride', 'rides', '5'],

  ['F01 waiting priced wrong', { cost: { ...plan.cost, waiting: 21 } }, 'cost', 'cost.waiting', '21'],
  ['F02 late people priced wrong', { cost: { ...plan.cost, late: 0 } }, 'cost', 'cost.late', '0'],
  ['F03 who is left priced wrong', { cost: { ...plan.cost, left: 1 } }, 'cost', 'cost.left', '1'],
  ['F04 driving priced wrong', { cost: { ...plan.cost, driving: 15 } }, 'cost', 'cost.driving', '15'],
  ['F05 a reserve called out for nothing', { cost: { ...plan.cost, call_out: 0 } }, 'cost', 'cost.call_out', '0'],
  ['F06 changes for nothing', { cost: { ...plan.cost, changes: 0 } }, 'cost', 'cost.changes', '0'],
  ['F07 missed departures for nothing', { cost: { ...plan.cost, missed: 5 } }, 'cost', 'cost.missed', '5'],
  ['F08 a wrong sum', { cost: { ...plan.cost, total: 71.999 } }, 'cost', 'cost.total', '71.999'],
]; // prettier-ignore

const brokenProblems: readonly (readonly [what: string, change: Partial<DispatchProblem>, ...expected: Expected])[] = [
  ['G01 past the end of a duty', vehicle(0, { until_slot: 3 }), 'duty_end', 'blocks[0].activities[1].until_slot', '4'],
  ['G02 a type that may not drive there', pattern(1, { types: ['electric'] }), 'type_allowed', 'blocks[0].activities[1].pattern', '"back"'],
  ['G03 more departures than people allow', pattern(0, { most: [null, null, null, null, 0, null] }), 'most', 'departures', '1'],
  ['G04 more vehicles than bays', { bays: [{ stop: 'town', bays: 1 }] }, 'bays', 'departures', '2'],
  ['G05 a bay that a vehicle under way needs', { bays: [{ stop: 'hill', bays: 2 }], under_way: [{ pattern: 'out', vehicle: 'bus-9', type: 'bus', slot: -1 }, { pattern: 'out', vehicle: 'bus-8', type: 'bus', slot: 0 }] }, 'bays', 'departures', '2'],
  ['G06 more than the battery holds', vehicle(1, { charge_kwh: 19 }), 'capacity', 'blocks[1].activities[0].kwh', '3'],
  ['G07 people who came and are nowhere', ride(0, { waiting: 10 }), 'people_conserved', 'rides[0].queue[0]', '4'],
  ['G08 no vehicle under way', { under_way: [] }, 'load', 'boardings', '2'],
  ['G09 late from the session on', ride(4, { board_by_slot: 0 }), 'people_conserved', 'rides[4].late[0]', '0'],
  ['G10 no accessible place', { vehicle_types: at(problem.vehicle_types, 0, { accessible: 0 }) }, 'accessible_places', 'boardings', '1'],
]; // prettier-ignore

const findingsOf = (changedProblem: DispatchProblem, changedPlan: DispatchPlan): readonly Expected[] =>
  checkDispatch(changedProblem, changedPlan).map(({ rule, path, value = '' }) => [rule, path, value]);

const says = (found: readonly Expected[], [rule, path, value]: Expected): boolean =>
  found.some(
    (each) =>
      each[0] === rule &&
      each[1] === path &&
      (typeof value === 'string' ? each[2] === value : value.test(String(each[2]))),
  );

describe('checkDispatch', () => {
  it('says nothing of a plan that was made and added up by hand', () => {
    // waiting: fans in the town (4 + 4 + 4 + 4 + 1) - 5 / 2, on the hill 3 - 3 / 2, athletes twice (2 + 2) - 2 / 2
    // driving: bus-1 twice 2 slots and 3 km, electric-1 3 slots, reserve-1 a slot and 2 km
    // changes: the departure announced for slot 1; missed: the second one out due by slot 3, the one back added to it
    expect(checkDispatch(problem, plan)).toEqual([]);
  });

  it('takes rounding for what it is', () => {
    const cost = { ...plan.cost, total: plan.cost.total * (1 + 5e-7) };
    expect(checkDispatch(problem, { ...plan, cost })).toEqual([]);
  });

  it.each(brokenPlans)('finds %s', (_what, change, ...expected) => {
    const found = findingsOf(problem, { ...plan, ...change });
    expect(says(found, expected) ? expected : found).toEqual(expected);
  });

  it.each(brokenProblems)('finds %s', (_what, change, ...expected) => {
    const found = findingsOf({ ...problem, ...change }, plan);
    expect(says(found, expected) ? expected : found).toEqual(expected);
  });

  it('finds a load that is over on one part of the way only', () => {
    // Ten get on in the town in slot 0; one of them leaves at mid, where two board the same bus.
    const full: DispatchProblem = { ...problem, ...ride(0, { waiting: 9 }) };
    const boardings = [
      { ride: 0, pattern: 'out', slot: 0, people: 9 },
      { ride: 1, pattern: 'out', slot: 0, people: 1 },
      { ride: 5, pattern: 'out', slot: 0, people: 2 },
    ];
    const loads = checkDispatch(full, { ...plan, boardings }).filter(({ rule }) => rule === 'load');
    expect(loads.map(({ value, message }) => [value, message])).toEqual([
      ['11', expect.stringContaining('after its stop 1')],
    ]);
  });
});
