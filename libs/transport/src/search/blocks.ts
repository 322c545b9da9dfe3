import type { Activity, Block } from '../problem/plan.js';
import type { CompiledProblem } from './compile.js';
import type { FleetClass } from './network.js';
import type { Snapshot } from './snapshot.js';

/** A vehicle while its block is made. */
interface Driver {
  readonly id: string;
  readonly activities: Activity[];
  line: string | undefined;
  /** Called out, or in no need of it. */
  isCalled: boolean;
}

/**
 * Who drives what: slot by slot, each departure takes a vehicle that stands where it leaves: one whose last trip was on the line, else the one that is ready longest.
 * One block a vehicle, in the order of the problem's vehicles.
 */
export const blocksOf = (compiled: CompiledProblem, snapshot: Snapshot): readonly Block[] => {
  const blocks = new Map<string, readonly Activity[]>();
  for (const [index, vehicleClass] of compiled.network.classes.entries()) {
    for (const { id, activities } of driversOf(compiled, vehicleClass, index, snapshot)) blocks.set(id, activities);
  }
  return compiled.problem.vehicles.map(({ id }) => ({ vehicle: id, activities: blocks.get(id) ?? [] }));
};

const driversOf = (
  compiled: CompiledProblem,
  vehicleClass: FleetClass,
  index: number,
  snapshot: Snapshot,
): readonly Driver[] => {
  const { problem, network } = compiled;
  const { slots, places } = network;
  const placeIndex = new Map(problem.places.map(({ id }, at) => [id, at]));
  const ready = new Map<number, Driver[]>();
  const become = (slot: number, place: number, driver: Driver): void => {
    const node = slot * places + place;
    const there = ready.get(node);
    if (there) there.push(driver);
    else ready.set(node, [driver]);
  };
  const drivers = vehicleClass.vehicles.map((vehicle): Driver => {
    const driver: Driver = {
      id: vehicle.id,
      activities: [],
      line: undefined,
      isCalled: vehicleClass.callOutCost === 0,
    };
    const place = placeIndex.get(vehicle.place);
    if (place !== undefined) become(Math.max(0, vehicle.ready_slot), place, driver);
    return driver;
  });
  const standing = Array.from({ length: places }, (): Driver[] => []);
  const arrive = (driver: Driver, activity: Activity, place: number): void => {
    driver.activities.push(activity);
    become(activity.until_slot, place, driver);
  };
  const [trips, deadheads] = [bySlot(snapshot.trips[index], slots), bySlot(snapshot.deadheads[index], slots)];
  for (let slot = 0; slot < slots; slot += 1) {
    for (const [place, here] of standing.entries()) {
      here.push(...(ready.get(slot * places + place) ?? []));
      const called = snapshot.calls[index]?.[slot * places + place] ?? 0;
      if (called > 0) call(here, called);
    }
    for (const at of trips[slot] ?? []) {
      const pattern = network.patterns[at];
      const { line = '', pattern: id = '' } = problem.patterns[at] ?? {};
      const driver = pattern && takeDriver(standing[pattern.from], line);
      if (!driver) continue;
      driver.line = line;
      arrive(driver, { kind: 'trip', pattern: id, slot, until_slot: slot + pattern.busy }, pattern.to);
    }
    for (const at of deadheads[slot] ?? []) {
      const deadhead = network.deadheads[at];
      const { from_place = '', to_place = '' } = problem.deadheads[at] ?? {};
      const driver = deadhead && takeDriver(standing[deadhead.from], undefined);
      if (!driver) continue;
      arrive(driver, { kind: 'deadhead', from_place, to_place, slot, until_slot: slot + deadhead.slots }, deadhead.to);
    }
  }
  const [only] = drivers;
  if (vehicleClass.watched && only) addCharges(compiled, only, snapshot.charges[index] ?? []);
  return drivers;
};

/** Patterns or deadheads that are driven in each slot, by index, once for each vehicle. */
const bySlot = (counts: Int32Array | undefined, slots: number): readonly (readonly number[])[] => {
  const driven = Array.from({ length: slots }, (): number[] => []);
  for (let at = 0; at < (counts?.length ?? 0); at += 1)
    for (let count = counts?.[at] ?? 0; count > 0; count -= 1) driven[at % slots]?.push(Math.floor(at / slots));
  return driven;
};

const call = (here: readonly Driver[], count: number): void => {
  for (const driver of here.filter(({ isCalled }) => !isCalled).slice(0, count)) driver.isCalled = true;
};

const takeDriver = (here: Driver[] | undefined, line: string | undefined): Driver | undefined => {
  if (!here) return undefined;
  const own = line === undefined ? undefined : here.find(({ isCalled, line: driven }) => isCalled && driven === line);
  const driver = own ?? here.find(({ isCalled }) => isCalled);
  if (driver) here.splice(here.indexOf(driver), 1);
  return driver;
};

const addCharges = ({ problem }: CompiledProblem, driver: Driver, charges: Snapshot['charges'][number]): void => {
  for (const { place, slot, kwh } of charges) {
    driver.activities.push({ kind: 'charge', place: problem.places[place]?.id ?? '', slot, until_slot: slot + 1, kwh });
  }
  driver.activities.sort((a, b) => a.slot - b.slot);
};
