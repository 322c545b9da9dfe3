import { HOUR_MS } from '#libs/kernel';
import type { SparseBuilder } from '#libs/lp';
import { capacityOf } from '../problem/classes.js';
import type { DispatchProblem, Group, Ride } from '../problem/problem.js';
import { type BoardColumns, type Columns, type DispatchIndex, noColumns } from './dispatch-index.js';
import { servicesOf } from './services.js';
import { type UnderWayRoom, underWayRoom } from './under-way.js';

export type PassengerIndex = Pick<DispatchIndex, 'boards' | 'queue' | 'late'>;

/** People at stops and on board: queues, who waits too long, boardings, and room on every segment that begins where somebody boards. */
export const addPassengers = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  { trip, classes }: Pick<DispatchIndex, 'trip' | 'classes'>,
): PassengerIndex => {
  const { count, slotMs } = problem.grid;
  const slotHours = slotMs / HOUR_MS;
  const groups = new Map(problem.groups.map((group) => [group.id, group]));
  const rows = problem.rides.map(({ waiting, arrivals }, r) =>
    noColumns(count).map((_, slot) =>
      builder.addRow(`people[${r},${slot}]`, { equal: (arrivals[slot] ?? 0) + (slot === 0 ? waiting : 0) }),
    ),
  );
  const queue = problem.rides.map(({ group, arrivals }, r) => {
    const price = (groups.get(group)?.waiting_cost_per_hour ?? 0) * slotHours;
    return noColumns(count).map((_, slot) => {
      const came = arrivals[slot] ?? 0;
      const left = slot === count - 1 ? problem.prices.left_wait_slots : 0;
      // Who comes in a slot is still there at its end: they board from the next slot on.
      const column = builder.addColumn(`queue[${r},${slot}]`, { lower: came, cost: price * (1 + left) });
      builder.addConstant((-price * came) / 2);
      builder.addEntry(rows[r]?.[slot] ?? -1, column, 1);
      if (slot + 1 < count) builder.addEntry(rows[r]?.[slot + 1] ?? -1, column, -1);
      return column;
    });
  });
  const goesOn = new Set(problem.rides.flatMap(({ then }) => (then === undefined ? [] : [then])));
  const late = problem.rides.map((ride, r) => {
    const group = groups.get(ride.group);
    return goesOn.has(r) || !group
      ? noColumns(count)
      : addLate(builder, ride, r, group, queue[r] ?? noColumns(0), slotHours);
  });
  const room = underWayRoom(problem);
  const boards = addBoards(builder, problem, rows, trip, room);
  addRoom(builder, problem, classes, trip, boards, room);
  return { boards, queue, late };
};

/** People of the ride's queue at a slot's end who are not late yet. Infinite where nothing makes them late. */
export const onTimeAt = (ride: Ride, group: Group, slot: number): number => {
  if (ride.board_by_slot !== undefined && slot >= ride.board_by_slot) return 0;
  const longest = group.longest_wait_slots;
  if (longest === undefined) return Infinity;
  let people = slot - longest < -1 ? ride.waiting : 0;
  for (let came = Math.max(0, slot - longest + 1); came <= slot; came += 1) people += ride.arrivals[came] ?? 0;
  return people;
};

const addLate = (
  builder: SparseBuilder,
  ride: Ride,
  r: number,
  group: Group,
  queue: Columns,
  slotHours: number,
): Columns =>
  queue.map((waiting, slot) => {
    const onTime = onTimeAt(ride, group, slot);
    if (onTime === Infinity) return -1;
    const column = builder.addColumn(`late[${r},${slot}]`, { cost: group.late_cost_per_hour * slotHours });
    const row = builder.addRow(`lateness[${r},${slot}]`, { lower: -onTime });
    builder.addEntry(row, column, 1);
    builder.addEntry(row, waiting, -1);
    return column;
  });

const addBoards = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  people: readonly Columns[],
  trip: DispatchIndex['trip'],
  room: readonly ReadonlyMap<number, UnderWayRoom>[],
): readonly BoardColumns[] =>
  servicesOf(problem).map((service) => {
    const { ride, pattern, boardOffset, alightOffset } = service;
    const { count } = problem.grid;
    const underWay = room[pattern];
    const firstSlot = Math.min(0, ...(underWay?.keys() ?? []));
    const columns = noColumns(count - firstSlot);
    const goOn = problem.rides[ride]?.then;
    for (let slot = firstSlot; slot + boardOffset < count; slot += 1) {
      const departs = underWay?.has(slot) === true || trip.some((patterns) => (patterns[pattern]?.[slot] ?? -1) >= 0);
      if (!departs || slot + boardOffset < 0) continue;
      const column = builder.addColumn(`board[${ride},${pattern},${slot}]`);
      columns[slot - firstSlot] = column;
      builder.addEntry(people[ride]?.[slot + boardOffset] ?? -1, column, 1);
      if (goOn !== undefined && slot + alightOffset < count) {
        builder.addEntry(people[goOn]?.[slot + alightOffset] ?? -1, column, -1);
      }
    }
    return { ...service, firstSlot, columns };
  });

/** Between two calls no more people ride than fit in, nor more who need an accessible place than there are. */
const addRoom = (
  builder: SparseBuilder,
  problem: DispatchProblem,
  classes: DispatchIndex['classes'],
  trip: DispatchIndex['trip'],
  boards: readonly BoardColumns[],
  room: readonly ReadonlyMap<number, UnderWayRoom>[],
): void => {
  const byPattern = problem.patterns.map((): BoardColumns[] => []);
  for (const board of boards) byPattern[board.pattern]?.push(board);
  const addRows = (p: number, name: string, among: readonly BoardColumns[], key: 'capacity' | 'accessible'): void => {
    const roomOf = classes.map(({ type }) => (key === 'capacity' ? capacityOf(type) : type.accessible));
    for (const segment of new Set(among.map(({ fromCall }) => fromCall))) {
      const riding = among.filter(({ fromCall, toCall }) => fromCall <= segment && segment < toCall);
      const firstSlot = Math.min(0, ...riding.map((board) => board.firstSlot));
      for (let slot = firstSlot; slot < problem.grid.count; slot += 1) {
        const people = riding
          .map((board) => board.columns[slot - board.firstSlot] ?? -1)
          .filter((column) => column >= 0);
        if (people.length === 0) continue;
        const row = builder.addRow(`${name}[${p},${segment},${slot}]`, { upper: room[p]?.get(slot)?.[key] ?? 0 });
        for (const column of people) builder.addEntry(row, column, 1);
        trip.forEach((patterns, k) => {
          const column = patterns[p]?.[slot] ?? -1;
          if (column >= 0) builder.addEntry(row, column, -(roomOf[k] ?? 0));
        });
      }
    }
  };
  byPattern.forEach((among, p) => {
    addRows(p, 'load', among, 'capacity');
    addRows(
      p,
      'accessible',
      among.filter(({ ride }) => problem.rides[ride]?.accessible === true),
      'accessible',
    );
  });
};
