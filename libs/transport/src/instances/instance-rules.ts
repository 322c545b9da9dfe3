import { type Fault, showValue } from '#libs/kernel';
import { findCalls } from '../check/facts.js';
import type { DispatchProblem, PatternProblem, Ride, Vehicle, VehicleType } from '../problem/problem.js';

type Finding = Omit<Fault, 'file'>;

const fault = (path: string, value: unknown, rule: string, message: string): Finding => ({
  path,
  value: showValue(value),
  rule,
  message,
});

/** What does not hold between the parts of a problem that has the right shape. */
export const instanceFaults = (problem: DispatchProblem): readonly Finding[] => [
  ...problem.vehicle_types.flatMap(typeFaults),
  ...duplicates(problem),
  ...unknowns(problem),
  ...problem.vehicles.flatMap((vehicle, index) => vehicleFaults(problem, vehicle, `vehicles[${index}]`)),
  ...problem.deadheads.flatMap(({ from_place, to_place }, index) =>
    from_place === to_place
      ? [fault(`deadheads[${index}].to_place`, to_place, 'same_place', 'A deadhead goes to another place.')]
      : [],
  ),
  ...problem.patterns.flatMap((pattern, index) => patternFaults(problem, pattern, `patterns[${index}]`)),
  ...problem.rides.flatMap((ride, index) => rideFaults(problem, ride, `rides[${index}]`)),
  ...circles(problem.rides),
];

const typeFaults = ({ seats, standing, accessible, battery }: VehicleType, index: number): readonly Finding[] => [
  ...(accessible > seats + standing
    ? [
        fault(
          `vehicle_types[${index}].accessible`,
          accessible,
          'maximum',
          `Accessible places are among the ${seats + standing} places.`,
        ),
      ]
    : []),
  ...(battery && battery.reserve_kwh > battery.capacity_kwh
    ? [
        fault(
          `vehicle_types[${index}].battery.reserve_kwh`,
          battery.reserve_kwh,
          'maximum',
          `The battery holds ${battery.capacity_kwh} kWh.`,
        ),
      ]
    : []),
];

const duplicates = (problem: DispatchProblem): readonly Finding[] => {
  const named: readonly (readonly [list: string, names: readonly string[], show: (name: string) => string])[] = [
    ['places', problem.places.map(({ id }) => id), (index) => `places[${index}].id`],
    ['vehicle_types', problem.vehicle_types.map(({ id }) => id), (index) => `vehicle_types[${index}].id`],
    ['vehicles', problem.vehicles.map(({ id }) => id), (index) => `vehicles[${index}].id`],
    ['patterns', problem.patterns.map(({ pattern }) => pattern), (index) => `patterns[${index}].pattern`],
    ['groups', problem.groups.map(({ id }) => id), (index) => `groups[${index}].id`],
    ['bays', problem.bays.map(({ stop }) => stop), (index) => `bays[${index}].stop`],
    [
      'deadheads',
      problem.deadheads.map(({ from_place, to_place }) => `${from_place} to ${to_place}`),
      (index) => `deadheads[${index}]`,
    ],
  ];
  return named.flatMap(([list, names, show]) => {
    const first = new Map<string, number>();
    return names.flatMap((name, index) => {
      const before = first.get(name);
      if (before === undefined) first.set(name, index);
      return before === undefined
        ? []
        : [fault(show(String(index)), name, 'duplicate', `${list}[${before}] is the same. Keep one of them.`)];
    });
  });
};

const unknowns = (problem: DispatchProblem): readonly Finding[] => {
  const known = (what: string, names: readonly string[]) => {
    const set = new Set(names);
    return (path: string, name: string): readonly Finding[] =>
      set.has(name) ? [] : [fault(path, name, `unknown_${what}`, `There is no ${what} of this name.`)];
  };
  const [place, type, group, pattern, line, stop] = [
    known('place', problem.places.map(({ id }) => id)),
    known('type', problem.vehicle_types.map(({ id }) => id)),
    known('group', problem.groups.map(({ id }) => id)),
    known('pattern', problem.patterns.map((each) => each.pattern)),
    known('line', problem.patterns.map((each) => each.line)),
    known('stop', problem.patterns.flatMap(({ stops }) => stops.map((call) => call.stop))),
  ]; // prettier-ignore
  return [
    ...problem.vehicles.flatMap((each, index) => [
      ...type(`vehicles[${index}].type`, each.type),
      ...place(`vehicles[${index}].place`, each.place),
    ]),
    ...problem.deadheads.flatMap((each, index) => [
      ...place(`deadheads[${index}].from_place`, each.from_place),
      ...place(`deadheads[${index}].to_place`, each.to_place),
    ]),
    ...problem.patterns.flatMap((each, index) => [
      ...place(`patterns[${index}].from_place`, each.from_place),
      ...place(`patterns[${index}].to_place`, each.to_place),
      ...(each.types ?? []).flatMap((name, at) => type(`patterns[${index}].types[${at}]`, name)),
    ]),
    ...problem.bays.flatMap((each, index) => stop(`bays[${index}].stop`, each.stop)),
    ...problem.rides.flatMap((each, index) => [
      ...line(`rides[${index}].line`, each.line),
      ...group(`rides[${index}].group`, each.group),
      ...stop(`rides[${index}].from_stop`, each.from_stop),
      ...stop(`rides[${index}].to_stop`, each.to_stop),
    ]),
    ...problem.under_way.flatMap((each, index) => [
      ...pattern(`under_way[${index}].pattern`, each.pattern),
      ...type(`under_way[${index}].type`, each.type),
    ]),
  ];
};

const vehicleFaults = (problem: DispatchProblem, vehicle: Vehicle, path: string): readonly Finding[] => {
  const { ready_slot: ready, until_slot: until, charge_kwh: charge } = vehicle;
  const type = problem.vehicle_types.find(({ id }) => id === vehicle.type);
  return [
    ...(until !== undefined && until < ready
      ? [fault(`${path}.until_slot`, until, 'after_ready', `It is ready only in slot ${ready}.`)]
      : []),
    ...(charge !== undefined && type && !type.battery
      ? [fault(`${path}.charge_kwh`, charge, 'electric', `Vehicles of type ${type.id} have no battery.`)]
      : []),
    ...(charge !== undefined && type?.battery && charge > type.battery.capacity_kwh
      ? [fault(`${path}.charge_kwh`, charge, 'capacity', `The battery holds ${type.battery.capacity_kwh} kWh.`)]
      : []),
  ];
};

const PER_SLOT = ['scheduled', 'least', 'added', 'most'] as const;

const patternFaults = (
  { grid: { count } }: DispatchProblem,
  pattern: PatternProblem,
  path: string,
): readonly Finding[] => {
  const { stops, busy_slots: busy, previous, least, added, most } = pattern;
  const last = stops.at(-1)?.offset_slots ?? 0;
  return [
    ...PER_SLOT.flatMap((field) => slotFaults(`${path}.${field}`, pattern[field], count)),
    ...(previous && previous.length > count
      ? [fault(`${path}.previous`, previous.length, 'slots', `There are only ${count} slots.`)]
      : []),
    ...stops.flatMap(({ offset_slots: offset }, index) =>
      offset < (stops[index - 1]?.offset_slots ?? 0)
        ? [
            fault(
              `${path}.stops[${index}].offset_slots`,
              offset,
              'never_falls',
              'It calls there before the stop before.',
            ),
          ]
        : [],
    ),
    ...(last > busy
      ? [fault(`${path}.busy_slots`, busy, 'minimum', `The last call is ${last} slots after departure.`)]
      : []),
    ...(least ?? []).flatMap((due, slot) =>
      due < (least?.[slot - 1] ?? 0)
        ? [fault(`${path}.least[${slot}]`, due, 'never_falls', 'It counts departures from the start on.')]
        : [],
    ),
    ...(most ?? []).flatMap((limit, slot) =>
      limit !== null && limit < (added?.[slot] ?? 0)
        ? [fault(`${path}.most[${slot}]`, limit, 'minimum', `People added ${added?.[slot]} departures to this slot.`)]
        : [],
    ),
  ];
};

const slotFaults = (path: string, values: readonly unknown[] | undefined, count: number): readonly Finding[] =>
  values && values.length !== count
    ? [fault(path, values.length, 'slots', `One entry a slot is needed: ${count}.`)]
    : [];

const rideFaults = (problem: DispatchProblem, ride: Ride, path: string): readonly Finding[] => {
  const { line, from_stop: from, to_stop: to, then } = ride;
  const patterns = problem.patterns.filter((pattern) => pattern.line === line);
  const next = then === undefined ? undefined : problem.rides[then];
  return [
    ...slotFaults(`${path}.arrivals`, ride.arrivals, problem.grid.count),
    ...(patterns.length > 0 && !patterns.some((pattern) => findCalls(pattern, ride))
      ? [fault(path, `${from} to ${to}`, 'served', `No pattern of line ${line} calls at both in this order.`)]
      : []),
    ...(then !== undefined && !next
      ? [fault(`${path}.then`, then, 'unknown_ride', `There are ${problem.rides.length} rides, counted from 0.`)]
      : []),
    ...(next && next.line !== line
      ? [fault(`${path}.then`, then, 'same_line', `Ride ${then} is on line ${next.line}, this one on ${line}.`)]
      : []),
  ];
};

/** Rides that go on and on: said of each that leads back to itself. */
const circles = (rides: readonly Ride[]): readonly Finding[] =>
  rides.flatMap(({ then: first }, index) => {
    const met = new Set<number>();
    for (let next = first; next !== undefined && !met.has(next); next = rides[next]?.then) {
      if (next === index) return [fault(`rides[${index}].then`, first, 'no_circle', 'It leads back to this ride.')];
      met.add(next);
    }
    return [];
  });
