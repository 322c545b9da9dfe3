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
  for (let slot = 0; slot < slots; slot += 1) {
    for (const [place, here] of standing.entries()) {
      here.push(...(ready.get(slot * places + place) ?? []));
      call(here, snapshot.calls[index]?.[slot * places + place] ?? 0);
    }
    for (const pattern of network.patterns) {
      const { line = '', pattern: id = '' } = problem.patterns[pattern.index] ?? {};
      for (let count = snapshot.trips[index]?.[pattern.index * slots + slot] ?? 0; count > 0; count -= 1) {
        const driver = takeDriver(standing[pattern.from], line);
        if (!driver) continue;
        driver.line = line;
        arrive(driver, { kind: 'trip', pattern: id, slot, until_slot: slot + pattern.busy }, pattern.to);
      }
    }
    for (const [at, deadhead] of network.deadheads.entries()) {
      for (let count = snapshot.deadheads[index]?.[at * slots + slot] ?? 0; count > 0; count -= 1) {
        const driver = takeDriver(standing[deadhead.from], undefined);
        const { from_place = '', to_place = '' } = problem.deadheads[at] ?? {};
        if (!driver) continue;
        arrive(
          driver,
          { kind: 'deadhead', from_place, to_place, slot, until_slot: slot + deadhead.slots },
          deadhead.to,
        );
      }
    }
  }
  const [only] = drivers;
  if (vehicleClass.watched && only) addCharges(compiled, only, snapshot.charges[index] ?? []);
  return drivers;
};

const call = (here: readonly Driver[], count: number): void => {
  for (const driver of here.filter(({ isCalled }) => !isCalled).slice(0, count)) driver.isCalled = true;
};

const takeDriver = (here: Driver[] | undefined, line: string | undefined): Driver | undefined => {
  if (!here) return undefined;
  const able = here.filter(({ isCalled }) => isCalled);
  const driver = able.find((each) => line !== undefined && each.line === line) ?? able[0];
  if (driver) here.splice(here.indexOf(driver), 1);
  return driver;
};

const addCharges = ({ problem }: CompiledProblem, driver: Driver, charges: Snapshot['charges'][number]): void => {
  for (const { place, slot, kwh } of charges) {
    driver.activities.push({ kind: 'charge', place: problem.places[place]?.id ?? '', slot, until_slot: slot + 1, kwh });
  }
  driver.activities.sort((a, b) => a.slot - b.slot);
};
